using System.Diagnostics;
using MultiCluster.Platform;

namespace MultiCluster.Tests.Platform;

/// <summary>How programs and scripts are started, on Windows whatever this machine is.</summary>
public sealed class ProgramStartTests
{
    private static ProcessStartInfo Start(string path, params string[] arguments) =>
        ProgramStart.Of(path, arguments, windows: true, @"C:\Windows\system32", static name => name == "powershell.exe" ? @"C:\Windows\powershell.exe" : null);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData(@"C:\a\b", @"C:\a\b")]
    [InlineData(@"C:\a b\", @"""C:\a b\\""")]
    [InlineData(@"end\", @"""end\\""")]
    [InlineData("a&calc", "\"a&calc\"")]
    [InlineData("\"&calc&\"", "\"\"\"&calc&\"\"\"")]
    [InlineData(@"a\""b", @"""a\\""""b""")]
    [InlineData("^caret|pipe>file", "\"^caret|pipe>file\"")]
    [InlineData("100%", "\"100%%cd:~,%\"")]
    [InlineData("%PATH%", "\"%%cd:~,%PATH%%cd:~,%\"")]
    [InlineData("!PATH!", "\"!PATH!\"")]
    [InlineData("--scope=https://x/.default", "\"--scope=https://x/.default\"")] // = parts arguments for cmd
    [InlineData("a,b;c", "\"a,b;c\"")]
    [InlineData("größe", "größe")]
    public void An_argument_of_a_batch_file_is_what_it_is(string argument, string written)
    {
        var start = Start(@"C:\my tools\login.cmd", "get-token", argument);

        Assert.Equal(@"C:\Windows\system32\cmd.exe", start.FileName);
        Assert.Equal($"""/e:ON /v:OFF /d /c ""C:\my tools\login.cmd" get-token {written}" """.TrimEnd(), start.Arguments);
        Assert.Empty(start.ArgumentList);
        Assert.False(start.UseShellExecute);
    }

    [Theory]
    [InlineData(@"C:\login.cmd", "two\nlines")]
    [InlineData(@"C:\login.BAT", "two\rlines")]
    [InlineData(@"C:\login.cmd", "nul\0")]
    public void What_no_batch_file_can_be_given_is_refused(string path, string argument) => Assert.Throws<ArgumentException>(() => Start(path, argument));

    [Fact]
    public void A_percent_sign_in_a_batch_files_name_is_no_variable() => Assert.Contains("\"\"C:\\%%cd:~,%TEMP%%cd:~,%\\x.bat\"", Start(@"C:\%TEMP%\x.bat").Arguments);

    [Fact]
    public void A_script_is_run_by_PowerShell()
    {
        var start = Start(@"C:\team login.ps1", "a b", "-c");

        Assert.Equal(@"C:\Windows\powershell.exe", start.FileName);
        Assert.Equal(["-NoProfile", "-File", @"C:\team login.ps1", "a b", "-c"], start.ArgumentList);
    }

    [Fact]
    public void A_program_is_started_as_it_is()
    {
        var start = Start(@"C:\tools\kubelogin.exe", "a b", "%PATH%");

        Assert.Equal(@"C:\tools\kubelogin.exe", start.FileName);
        Assert.Equal(["a b", "%PATH%"], start.ArgumentList);
        Assert.False(start.UseShellExecute);
    }

    [Fact]
    public void Elsewhere_an_ending_means_nothing() => Assert.Equal("/usr/bin/x.cmd", ProgramStart.Of("/usr/bin/x.cmd", [], windows: false, "", static _ => "pwsh").FileName);
}
