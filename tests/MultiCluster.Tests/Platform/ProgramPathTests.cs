using MultiCluster.Platform;

namespace MultiCluster.Tests.Platform;

/// <summary>Where a program is found, on Windows by the rules of Go, whatever this machine is.</summary>
public sealed class ProgramPathTests
{
    private static readonly string[] OnWindows =
    [
        @"C:\tools\kubelogin.exe", @"C:\tools\aws.cmd", @"C:\tools\both.bat", @"C:\tools\both.exe", @"C:\tools\login.v2", @"C:\tools\login.v2.exe", @"C:\tools\odd.bat.exe",
        @"C:\tools\team.ps1", @"C:\tools\plain", @"D:\with; one\semi.exe", @".\here.exe", @"relative\there.exe", @"\\srv\share\far.exe",
    ];

    private static string? Find(string command, string? pathext = null) => ProgramPath.Find(
        command,
        windows: true,
        name => name switch { "PATH" => @"relative;\rooted;C:none;;C:\tools;""D:\with; one"";\\srv\share\", "PATHEXT" => pathext, _ => null },
        There,
        There);

    private static bool There(string path) => OnWindows.Contains(path, StringComparer.OrdinalIgnoreCase);

    [Theory]
    [InlineData("kubelogin", @"C:\tools\kubelogin.EXE")]
    [InlineData("kubelogin.exe", @"C:\tools\kubelogin.exe")]
    [InlineData("aws", @"C:\tools\aws.CMD")]
    [InlineData("both", @"C:\tools\both.EXE")] // .EXE stands before .BAT
    [InlineData("login.v2", @"C:\tools\login.v2")]
    [InlineData("odd.bat", @"C:\tools\odd.bat.EXE")]
    [InlineData("team", @"C:\tools\team.PS1")]
    [InlineData("semi", @"D:\with; one\semi.EXE")]
    [InlineData("far", @"\\srv\share\far.EXE")]
    [InlineData(@"c:\TOOLS\aws", @"c:\TOOLS\aws.CMD")]
    [InlineData("C:/tools/kubelogin.exe", null)] // the table knows it by backslashes alone
    [InlineData("plain", null)] // nothing runs that has no ending
    [InlineData("here", null)]
    [InlineData("there", null)]
    [InlineData("", null)]
    public void On_Windows_endings_are_tried_in_their_order_and_never_in_the_current_folder(string command, string? path) => Assert.Equal(path, Find(command));

    [Theory]
    [InlineData(".BAT;.EXE", "both", @"C:\tools\both.BAT")]
    [InlineData("exe", "both", @"C:\tools\both.exe")]
    [InlineData(".EXE", "aws", null)]
    [InlineData(" ", "aws", @"C:\tools\aws.CMD")]
    public void PATHEXT_says_which_endings_there_are(string pathext, string command, string? path) => Assert.Equal(path, Find(command, pathext));

    [Fact]
    public void A_bare_name_is_looked_up_on_PATH()
    {
        var path = ProgramPath.Find("dotnet");

        Assert.Equal("dotnet", Path.GetFileNameWithoutExtension(path));
        Assert.True(Path.IsPathFullyQualified(path!));
    }

    [Fact]
    public void A_bare_name_is_not_looked_up_in_the_current_folder()
    {
        var name = $"plugin-{Guid.NewGuid():N}.exe";
        File.WriteAllText(name, "");
        try
        {
            Assert.Null(ProgramPath.Find(name));
        }
        finally
        {
            File.Delete(name);
        }
    }

    [Fact]
    public void A_path_is_taken_as_it_is()
    {
        var path = Path.GetTempFileName();
        try
        {
            Assert.Equal(path, ProgramPath.Find(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-kube-plugin")]
    public void What_is_not_there_is_not_found(string command) => Assert.Null(ProgramPath.Find(command));
}
