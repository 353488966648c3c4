using System.Text;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>Values of Secrets are there for who asks for one, and in nothing that shows or exports a whole object.</summary>
public sealed class SecretTests(SharedFleet shared)
{
    [Fact]
    public void Its_values_are_given_on_demand()
    {
        using var shell = Secret();
        var plain = Plain(shell);

        Assert.True(plain.Length > 10);
        Assert.Equal([plain, plain, null], shell.Run("""
            $secret.GetValue('password')
            [Text.Encoding]::UTF8.GetString($secret.GetBytes('password'))
            $secret.GetValue('nothing')
            """).Output);
    }

    [Theory]
    [InlineData("$secret | Out-String")]
    [InlineData("$secret | Format-List | Out-String -Width 500")]
    [InlineData("$secret | Format-List * | Out-String -Width 500")]
    [InlineData("$secret | Format-Table * | Out-String -Width 5000")]
    [InlineData("$secret | Format-Custom -Depth 4 | Out-String -Width 500")]
    [InlineData("$secret.Data | Out-String -Width 500")]
    [InlineData("$secret.Data | Format-List * | Out-String -Width 500")]
    [InlineData("$secret | Select-Object * | Out-String -Width 500")]
    [InlineData("$secret | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue")]
    [InlineData("$secret | ConvertTo-Csv | Out-String")]
    [InlineData("($secret | ConvertTo-Xml -Depth 4).OuterXml")]
    [InlineData("[Management.Automation.PSSerializer]::Serialize($secret, 4)")]
    [InlineData("\"$secret $($secret.Data)\"")]
    public void Its_values_are_masked_where_it_is_shown_or_exported(string script)
    {
        using var shell = Secret();
        var plain = Plain(shell);

        var text = Assert.IsType<string>(Assert.Single(shell.Run(script).Output));

        Assert.NotEqual("", text.Trim());
        Assert.DoesNotContain(plain, text);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)), text);
    }

    /// <summary>One with a password is in <c>$secret</c>.</summary>
    private Shell Secret()
    {
        var shell = new Shell(shared.Fleet).Select("staging");
        shell.Run("$secret = Get-KubeResource secret -A | Where-Object { $_.Data.password } | Select-Object -First 1");
        return shell;
    }

    private static string Plain(Shell shell) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(Assert.IsType<string>(Assert.Single(shell.Run("[string]$secret.Data.password").Output))));
}
