# fish completion for truce
set -l commands check explain diff fmt run why talks compare monitor help
complete -c truce -n "not __fish_seen_subcommand_from $commands" -f
complete -c truce -n "not __fish_seen_subcommand_from $commands" -a check -d 'find gaps and contradictions'
complete -c truce -n "not __fish_seen_subcommand_from $commands" -a explain -d 'the articles beside their meaning'
complete -c truce -n "not __fish_seen_subcommand_from $commands" -a diff -d 'what changed in meaning between two drafts'
complete -c truce -n "not __fish_seen_subcommand_from $commands" -a fmt -d 'lay out the formal sentences'
complete -c truce -n "not __fish_seen_subcommand_from $commands" -a run -d 'verdicts for every provision'
complete -c truce -n "not __fish_seen_subcommand_from $commands" -a why -d 'the evidence behind a verdict'
complete -c truce -n "not __fish_seen_subcommand_from $commands" -a talks -d 'what collides, and what unlocks it'
complete -c truce -n "not __fish_seen_subcommand_from $commands" -a compare -d 'which of two drafts is stricter'
complete -c truce -n "not __fish_seen_subcommand_from $commands" -a monitor -d 'an event log against a formula'
complete -c truce -n "not __fish_seen_subcommand_from $commands" -a help -d 'how a command is used'
complete -c truce -n '__fish_seen_subcommand_from talks' -a 'check fmt explain matrix conflicts concessions sequence packages who-accepts what-if authority check-draft page seal unseal quotes'
complete -c truce -n '__fish_seen_subcommand_from explain diff' -l lang -x -a 'en uk ru fr' -d 'language'
complete -c truce -n '__fish_seen_subcommand_from explain diff' -l json -d 'one object a line'
complete -c truce -n '__fish_seen_subcommand_from explain diff' -l width -x -d 'columns'
complete -c truce -n '__fish_seen_subcommand_from explain' -l deadlines -d 'in order of time'
complete -c truce -n '__fish_seen_subcommand_from explain' -l matrix -d 'who owes what to whom'
complete -c truce -n '__fish_seen_subcommand_from explain' -l formula -d 'with formulas'
complete -c truce -n '__fish_seen_subcommand_from explain' -l html -r -d 'a page'
complete -c truce -n '__fish_seen_subcommand_from explain' -l markdown -r -d 'Markdown'
complete -c truce -n '__fish_seen_subcommand_from explain' -l ics -r -d 'a calendar'
for option in sig formula log
    complete -c truce -n '__fish_seen_subcommand_from monitor' -o $option -r
end
complete -c truce -n '__fish_seen_subcommand_from monitor' -o negate -d 'look for violations'
complete -c truce -n '__fish_seen_subcommand_from monitor' -o verbose -d 'a line for every time-point'
complete -c truce -n '__fish_seen_subcommand_from monitor' -o check -d 'can it be monitored'
complete -c truce -n '__fish_seen_subcommand_from monitor' -o sigout -d 'types of the free variables'
complete -c truce -n '__fish_seen_subcommand_from monitor' -o nonewlastts -d 'leave the end undecided'
complete -c truce -n '__fish_seen_subcommand_from monitor' -o clock -d 'every second is a position'
complete -c truce -n '__fish_seen_subcommand_from monitor' -o explain -r -d 'why a verdict holds'
complete -c truce -n '__fish_seen_subcommand_from monitor' -o json -d 'one object a line'
