#!/bin/sh
# Counts instructions, which no other work on the machine disturbs. Needs valgrind.
#   benches/instructions.sh                post and replay, per entry, at 10^3 to 10^6
#   benches/instructions.sh views          every view of 10^4 and of 10^5 entries: tenfold is linear
#   benches/instructions.sh views long     the same under one agreement
#   benches/instructions.sh units          one more step of a unit of remains, among 10^3, 10^5 and 10^6 units
set -eu
cd "$(dirname "$0")/.."
# Names and line numbers for the profiler; the code is that of a release.
CARGO_PROFILE_RELEASE_DEBUG=line-tables-only cargo build --quiet --release --package handover-benches --bins
program=${CARGO_TARGET_DIR:-target}/release/instructions

# count <what> <entries> <function> [long]: instructions within the function.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no --toggle-collect="*measure::$3*" \
        "$program" "$1" "$2" ${4:-} 2>&1 >/dev/null | sed -n 's/.*Collected : *//p'
}

# steps <units>: the name of each step and the median of its instructions, a line each. Each return of post_step makes a part.
steps() {
    parts=$(mktemp -d)
    valgrind --tool=callgrind --callgrind-out-file="$parts/part" --collect-atstart=no \
        --toggle-collect="*measure::post_step*" --dump-after=handover_benches::measure::post_step \
        "${program%instructions}units" "$1" >"$parts/names" 2>/dev/null
    part=0
    while read -r name _; do
        part=$((part + 1))
        awk -v s="$name" '/^totals:/ { print s, $2 }' "$parts/part.$part"
    done <"$parts/names" | sort -k1,1 -k2,2n | awk '
        function median() { if (k) print name, found[int((k + 1) / 2)] }
        $1 != name { median(); name = $1; k = 0 }
        { found[++k] = $2 }
        END { median() }'
    rm -r "$parts"
}

if [ "${1:-}" = units ]; then
    all=$(mktemp -d)
    for units in ${SIZES:-1000 100000 1000000}; do
        steps "$units" >"$all/$units"
    done
    awk '{ if (!($1 in n)) { n[$1] = ++k; name[k] = $1 } i = n[$1]; line[i] = line[i] sprintf("%10d", $2)
           if (!(i in first)) first[i] = $2; last[i] = $2 }
         END { for (i = 1; i <= k; i++) printf "%-24s%s%10.3f\n", name[i], line[i], last[i] / first[i] }' \
        $(for units in ${SIZES:-1000 100000 1000000}; do echo "$all/$units"; done)
    rm -r "$all"
elif [ "${1:-}" = views ]; then
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
