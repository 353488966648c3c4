namespace MultiCluster.Module.Tests.Help;

/// <summary>The topics that <c>Get-Help about_*</c> finds.</summary>
public sealed class AboutTopicTests
{
    public static TheoryData<string> Topics =>
        [.. Directory.GetFiles(ShippedHelp.Folder, "about_*.help.txt").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_has_the_parts_that_PowerShell_looks_for(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(ShippedHelp.Folder, file));

        Assert.Equal(["TOPIC", $"    {file.Split('.')[0]}"], lines[..2]);
        Assert.Contains("SHORT DESCRIPTION", lines);
        Assert.Contains("LONG DESCRIPTION", lines);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_fits_80_columns(string file) =>
        Assert.All(File.ReadLines(Path.Combine(ShippedHelp.Folder, file)), static line => Assert.InRange(line.Length, 0, 80));
}
