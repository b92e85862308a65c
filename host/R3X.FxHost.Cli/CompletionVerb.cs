using System.CommandLine;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x completion</c>: a script that teaches a shell to complete the command.</summary>
internal static class CompletionVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "completion",
            "Prints a script that teaches your shell to complete r3x's verbs, options and preset names.",
            "source <(r3x completion bash)                               # in ~/.bashrc",
            "source <(r3x completion zsh)                                # in ~/.zshrc",
            "r3x completion fish > ~/.config/fish/completions/r3x.fish",
            "r3x completion pwsh | Out-String | Invoke-Expression        # in $PROFILE");
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh.", HelpName = "SHELL" };
        shell.Choices("bash", "zsh", "fish", "pwsh");
        verb.Arguments.Add(shell);
        verb.Does(parsed =>
        {
            Console.Out.WriteLine(ScriptFor(parsed.GetRequiredValue(shell)));
            return ExitCode.Done;
        });
        return verb;
    }

    // [suggest:N] is System.CommandLine's own directive: the completions at column N of a command line.
    private static string ScriptFor(string shell) => shell switch
    {
        // COMP_WORDS is cut at "=" and ":" too, so that what is offered for comb.mix=4 loses what bash keeps in front
        // of the word.
        "bash" => """
            _r3x_complete() {
              local program=${COMP_WORDS[0]/#\~/$HOME}
              local word=${COMP_LINE:0:COMP_POINT}
              word=${word##*[[:space:]]}
              local kept=${word%"${COMP_WORDS[COMP_CWORD]}"}
              local found
              COMPREPLY=()
              while IFS= read -r found; do
                [[ $found == "$word"* ]] && COMPREPLY+=("${found#"$kept"}")
              done < <("$program" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
              [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
              return 0
            }
            complete -o default -F _r3x_complete r3x
            """,
        "zsh" => """
            _r3x_complete() {
              local -a found
              found=("${(@f)$(r3x "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
              compadd -a found
              _files
            }
            compdef _r3x_complete r3x
            """,
        "fish" => """
            complete -c r3x -a '(r3x "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
            """,
        _ => """
            Register-ArgumentCompleter -Native -CommandName r3x -ScriptBlock {
              param($word, $ast, $cursor)
              r3x "[suggest:$cursor]" "$ast" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }
            """,
    };
}
