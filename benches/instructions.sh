#!/bin/sh
# Counts instructions, which no other work on the machine disturbs. Needs valgrind.
#   benches/instructions.sh                post and replay, per entry, at 10^3 to 10^6
#   benches/instructions.sh views          every view of 10^4 and of 10^5 entries: tenfold is linear
#   benches/instructions.sh views long     the same under one agreement
set -eu
cd "$(dirname "$0")/.."
# Names and line numbers for the profiler; the code is that of a release.
CARGO_PROFILE_RELEASE_DEBUG=line-tables-only cargo build --quiet --release --package handover-benches --bin instructions
program=${CARGO_TARGET_DIR:-target}/release/instructions

# count <what> <entries> <function> [long]: instructions within the function.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no --toggle-collect="*measure::$3*" \
        "$program" "$1" "$2" ${4:-} 2>&1 >/dev/null | sed -n 's/.*Collected : *//p'
}

if [ "${1:-}" = views ]; then
    few=10000
    many=100000
    printf '%-14s %16s %16s %8s\n' "instructions" "$few" "$many" "growth"
    for view in obligations agreements legs schedule flows asymmetries totals allegations repetitions explain; do
        case $view in
        explain) function=explain_one ;;
        *) function=make_view ;;
        esac
        a=$(count $view $few $function ${2:-})
        b=$(count $view $many $function ${2:-})
        awk -v v=$view -v a="$a" -v b="$b" 'BEGIN { printf "%-14s %16.0f %16.0f %8.2f\n", v, a, b, b / a }'
    done
else
    printf '%-8s %10s %16s %14s %8s\n' "what" "entries" "instructions" "an entry" "to 10^3"
    for what in post replay; do
        first=
        for entries in ${SIZES:-1000 10000 100000 1000000}; do
            all=$(count $what $entries ${what}_all)
            first=${first:-$(awk -v a="$all" -v n=$entries 'BEGIN { print a / n }')}
            awk -v w=$what -v a="$all" -v n=$entries -v f="$first" \
                'BEGIN { printf "%-8s %10d %16.0f %14.1f %8.3f\n", w, n, a, a / n, a / n / f }'
        done
    done
fi
