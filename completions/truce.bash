# bash completion for truce
_truce() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=
  if [ "$COMP_CWORD" = 1 ]; then
    words='check explain diff fmt lint lsp new run why talks compare monitor help --help --version'
  else
    case ${COMP_WORDS[1]} in
      help) words='check explain diff fmt lint lsp new run why talks compare monitor' ;;
      talks)
        if [ "$COMP_CWORD" = 2 ]; then
          words='check fmt explain matrix conflicts concessions sequence packages
            who-accepts what-if authority check-draft page seal unseal quotes'
        elif [[ $cur == -* ]]; then
          case ${COMP_WORDS[2]} in
            matrix|conflicts|concessions|sequence|packages|authority) words='--as-of --json --html --seconds --most' ;;
            who-accepts) words='--as-of --json --html' ;;
            what-if) words='--without --with --json --html' ;;
            page) words='--html --as-of --seconds' ;;
            check-draft) words='--json --witness --seconds' ;;
            seal|unseal) words='--output --passphrase-file' ;;
            quotes) words='--json --output' ;;
            fmt) words='--in-place' ;;
            check|explain) words='--json' ;;
          esac
        fi ;;
      compare) [[ $cur == -* ]] && words='--json --witness --seconds' ;;
      explain)
        case $prev in
          --lang) words='en uk ru fr' ;;
          --html|--markdown|--ics) ;;
          *) [[ $cur == -* ]] && words='--lang --json --deadlines --matrix --formula --html --markdown --ics --width --help' ;;
        esac ;;
      lint) [[ $cur == -* ]] && words='--all --json --help' ;;
      new)
        case $prev in
          --model) words='ceasefire corridor withdrawal talks' ;;
          *) [[ $cur == -* ]] && words='--model --help' ;;
        esac ;;
      diff)
        case $prev in
          --lang) words='en uk ru fr' ;;
          *) [[ $cur == -* ]] && words='--lang --json --width --help' ;;
        esac ;;
      monitor)
        case $prev in
          -sig|--sig|-formula|--formula|-log|--log) ;;
          -explain|--explain) words='first all' ;;
          *) words='-sig -formula -log -negate -verbose -check -sigout -nonewlastts -clock -explain -json -help' ;;
        esac ;;
    esac
  fi
  if [ -n "$words" ] && { [ "$COMP_CWORD" = 1 ] || [[ $cur == -* ]] || [ "${COMP_WORDS[1]}" != monitor ]; }; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
  fi
}
complete -o filenames -F _truce truce
