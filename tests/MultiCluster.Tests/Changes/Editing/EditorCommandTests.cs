using MultiCluster.Changes.Editing;
using MultiCluster.Faults;

namespace MultiCluster.Tests.Changes.Editing;

/// <summary>The editor that variables name.</summary>
public sealed class EditorCommandTests
{
    [Theory]
    [InlineData("code --wait", "code|--wait")]
    [InlineData("""  "C:\Program Files\Code\code.exe"  -w """, """C:\Program Files\Code\code.exe|-w""")]
    [InlineData("""sh -c 'sed -i "s/a/b/" "$1"' edit""", """sh|-c|sed -i "s/a/b/" "$1"|edit""")]
    [InlineData("""emacs --eval=""  '' x""", "emacs|--eval=||x")]
    [InlineData("a;b $(c) `d` > e", "a;b|$(c)|`d`|>|e")]
    public void Blanks_part_words_and_quotes_hold_them_together_and_nothing_is_a_shells(string line, string words) =>
        Assert.Equal(words.Split('|'), EditorCommand.Split(line, "$env:EDITOR"));

    [Fact]
    public void KUBE_EDITOR_comes_before_EDITOR_and_brings_its_arguments()
    {
        var first = EditorCommand.Find(name => name == "KUBE_EDITOR" ? "dotnet --info" : "no-such-editor", isInteractive: false);
        var second = EditorCommand.Find(static name => name == "EDITOR" ? "dotnet" : " ", isInteractive: false);

        Assert.Equal("dotnet", Path.GetFileNameWithoutExtension(first.Program));
        Assert.Equal(["--info"], first.Arguments);
        Assert.Equal(first.Program, second.Program);
        Assert.Empty(second.Arguments);
    }

    [Fact]
    public void A_path_with_blanks_needs_no_quotes()
    {
        var folder = Directory.CreateTempSubdirectory("an editor ");
        var program = Path.Combine(folder.FullName, "ed.exe");
        File.WriteAllText(program, "");

        Assert.Equal(program, EditorCommand.Find(_ => program, isInteractive: false).Program);

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(null, "notepad", "")]
    [InlineData("code --wait", "code", "--wait")]
    [InlineData("""C:\Program Files\VS Code\bin\code.cmd --wait -n""", """C:\Program Files\VS Code\bin\code.cmd""", "--wait|-n")]
    [InlineData("\"C:\\Program Files\\VS Code\\bin\\code.cmd\" --wait", """C:\Program Files\VS Code\bin\code.cmd""", "--wait")]
    [InlineData("""C:\Program Files\VS Code\bin\code.cmd""", """C:\Program Files\VS Code\bin\code.cmd""", "")]
    public void On_Windows_it_is_Notepad_else_a_path_with_blanks_however_it_is_written(string? value, string program, string arguments)
    {
        var editor = EditorCommand.Find(_ => value, isInteractive: true, windows: true, static name => name, static path => path == @"C:\Program Files\VS Code\bin\code.cmd");

        Assert.Equal(program, editor.Program);
        Assert.Equal(arguments.Split('|', StringSplitOptions.RemoveEmptyEntries), editor.Arguments);
    }

    [Theory]
    [InlineData(null, "no editor is named")]
    [InlineData("no-such-editor -w", "the editor of $env:KUBE_EDITOR is not found: no-such-editor -w")]
    [InlineData("'open", "a quote of $env:KUBE_EDITOR does not end: 'open")]
    public void Where_there_is_none_the_fault_says_so(string? value, string detail)
    {
        var fault = Assert.Throws<FaultException>(() => EditorCommand.Find(_ => value, isInteractive: false)).Fault;

        Assert.Contains(detail, fault.Detail);
        Assert.Contains("$env:KUBE_EDITOR", $"{fault.Detail}{fault.Advice}");
    }
}
