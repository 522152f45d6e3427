# bash completion for truce
_truce() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=
  if [ "$COMP_CWORD" = 1 ]; then
    words='check explain diff fmt lint lsp new run why talks compare monitor help --help --version'
  else
    case ${COMP_WORDS[1]} in
      help) words='check explain diff fmt lint lsp new run why talks compare monitor' ;;
      talks)
        [ "$COMP_CWORD" = 2 ] && words='check fmt explain matrix conflicts concessions sequence packages
          who-accepts what-if authority check-draft page seal unseal quotes' ;;
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
