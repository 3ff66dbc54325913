//! The scripts: each asks the program what can follow the words that are typed. `{program}` stands for its name, `{function}`
//! for the same as the name of a function.

/// Shells with their scripts.
pub const SHELLS: &[(&str, &str)] = &[("bash", BASH), ("fish", FISH), ("powershell", POWERSHELL), ("zsh", ZSH)];

/// bash splits words at `=` and `:`, and replaces what follows: candidates begin there.
const BASH: &str = r##"# bash completion for {program}
_{function}() {
    local current=${COMP_WORDS[COMP_CWORD]} kind='' typed='' word summary
    COMPREPLY=()
    {
        IFS=$'\t' read -r kind typed
        case $current in
            = | :) current='' ;;
            [\"\']*) current=${current:1} ;;
            *) current=${current//\\/} ;;
        esac
        while IFS=$'\t' read -r word summary; do
            [[ $word == *[={[/] ]] && compopt -o nospace 2>/dev/null
            word=${word#"${typed%"$current"}"}
            [[ ${COMP_WORDS[COMP_CWORD]} == [\"\']* ]] || printf -v word %q "$word"
            COMPREPLY+=("$word")
        done
    } < <("$1" completion line "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    [[ $kind == files ]] && compopt -o default 2>/dev/null
    return 0
}
complete -F _{function} {program}
"##;

const ZSH: &str = r##"#compdef {program}

_{function}() {
    local line word summary
    local -a lines finished begun
    lines=("${(@f)$("${(Q)words[1]}" completion candidates "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    if [[ $lines[1] == files* ]]; then
        _files
        return
    fi
    for line in "${(@)lines[2,-1]}"; do
        word=${line%%$'\t'*} summary=${line#*$'\t'}
        word=${${word//\\/\\\\}//:/\\:}
        if [[ $word == *[={\[/] ]]; then
            begun+=("$word:$summary")
        else
            finished+=("$word:$summary")
        fi
    done
    local found=1
    (( $#finished )) && _describe -t values value finished && found=0
    (( $#begun )) && _describe -t values value begun -S '' && found=0
    return found
}

if [[ $funcstack[1] == _{function} ]]; then
    _{function} "$@"
else
    compdef _{function} {program}
fi
"##;

const FISH: &str = r##"# fish completion for {program}
function __{function}_complete
    set -l before (commandline -opc)
    set -l current (string unescape -- (commandline -ct))
    set -q current[1]; or set current ''
    set -l lines ($before[1] completion candidates $before[2..-1] $current 2>/dev/null)
    if string match -q 'files*' -- $lines[1]
        __fish_complete_path $current
    else
        printf '%s\n' $lines[2..-1]
    end
end
complete -c {program} -f -a '(__{function}_complete)'
"##;

/// PowerShell completes files where nothing is offered.
const POWERSHELL: &str = r##"# PowerShell completion for {program}
Register-ArgumentCompleter -Native -CommandName '{program}' -ScriptBlock {
    param($word, $tree, $position)
    $length = $position - $tree.Extent.StartOffset
    $line = $tree.ToString().PadRight($length).Substring(0, $length)
    $lines = @(& $tree.CommandElements[0].ToString() completion line $line 2>$null)
    $lines | Select-Object -Skip 1 | ForEach-Object {
        $offered, $tip = $_ -split "`t", 2
        $text = if ($offered -match '\s') { "'" + $offered.Replace("'", "''") + "'" } else { $offered }
        if (-not $tip) { $tip = $offered }
        [System.Management.Automation.CompletionResult]::new($text, $offered, 'ParameterValue', $tip)
    }
}
"##;
