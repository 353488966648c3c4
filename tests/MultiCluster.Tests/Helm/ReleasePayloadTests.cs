using System.IO.Compression;
using System.Text;
using MultiCluster.Faults;
using MultiCluster.Helm;
using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Helm;

public sealed class ReleasePayloadTests
{
    private const string Info = """{"first_deployed":"2026-01-02T03:04:05Z","last_deployed":"2026-02-03T04:05:06.7Z","deleted":"","description":"Upgrade complete","status":"deployed","notes":"Thank you."}""";
    private const string Chart = """{"metadata":{"name":"redis","version":"18.1.0","appVersion":"7.2.1"},"lock":null,"templates":[{"name":"templates/web.yaml","data":"e30="}],"values":{"replicas":1}}""";
    private const string Whole = $$"""{"name":"web","info":{{Info}},"chart":{{Chart}},"config":{"auth":{"password":"s3cret"},"replicas":3},"manifest":"---\nkind: Service\n","version":3,"namespace":"web"}""";

    [Fact]
    public void Chart_and_version_are_read_of_the_beginning_alone()
    {
        var content = ReleasePayload.Read(Secret(Packed(Whole)), values: false, manifest: false);

        Assert.Equal(("redis", "18.1.0", "7.2.1"), (content.ChartName, content.ChartVersion, content.AppVersion));
        Assert.Equal(("deployed", "Upgrade complete"), (content.State, content.Description));
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 700, TimeSpan.Zero), content.LastDeployed);
        Assert.Null(content.Values);
        Assert.Null(content.Manifest);
    }

    [Fact]
    public void What_is_broken_behind_the_chart_does_not_matter_to_who_wants_the_chart()
    {
        var cut = Packed(Whole[..Whole.IndexOf("\"templates\"", StringComparison.Ordinal)] + new string(' ', 100_000) + "?");

        Assert.Equal("redis", ReleasePayload.Read(Secret(cut), values: false, manifest: false).ChartName);
        Assert.Throws<FaultException>(() => ReleasePayload.Read(Secret(cut), values: true, manifest: false));
    }

    [Fact]
    public void Members_may_stand_in_any_order()
    {
        var turned = $$"""{"version":3,"manifest":"m","config":null,"chart":{"values":{},"templates":[],"metadata":{"name":"redis","version":"1"} },"info":{{Info}},"name":"web"}""";

        var content = ReleasePayload.Read(Secret(Packed(turned)), values: true, manifest: true);

        Assert.Equal(("redis", "deployed", "m"), (content.ChartName, content.State, content.Manifest));
        Assert.Null(content.Values);
    }

    [Fact]
    public void Values_and_manifest_are_read_where_they_are_wanted()
    {
        var content = ReleasePayload.Read(Secret(Packed(Whole)), values: true, manifest: true);

        Assert.Equal(3, content.Values!.Value["replicas"u8].AsInt64());
        Assert.Equal("---\nkind: Service\n", content.Manifest);
    }

    [Fact]
    public void A_release_in_a_ConfigMap_is_in_base64_once()
    {
        var item = Sample.Read("v1", "ConfigMap", $$$"""{"metadata":{"name":"sh.helm.release.v1.web.v3","namespace":"web"},"data":{"release":"{{{Convert.ToBase64String(Packed(Whole))}}}"} }""");

        Assert.Equal("redis", ReleasePayload.Read(item, values: false, manifest: false).ChartName);
    }

    [Fact]
    public void What_is_not_packed_is_read_as_it_is() =>
        Assert.Equal("redis", ReleasePayload.Read(Secret(Encoding.UTF8.GetBytes(Whole)), values: false, manifest: false).ChartName);

    /// <summary>Every message is about the form; none repeats what stands in the payload.</summary>
    [Theory]
    [InlineData("s3cret", "it is no JSON")]
    [InlineData("[\"s3cret\"]", "it is no object")]
    [InlineData("{\"info\":{\"s3cret\":", "it is no JSON")]
    [InlineData("{\"chart\":{\"s3cret\" s3cret", "it is no JSON")]
    public void What_is_no_release_is_told_without_what_it_says(string json, string why)
    {
        var fault = Assert.Throws<FaultException>(() => ReleasePayload.Read(Secret(Packed(json)), values: true, manifest: true)).Fault;

        Assert.Equal(FaultPhase.Decode, fault.Phase);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", $"{fault} {fault.Advice}", StringComparison.Ordinal);
        Assert.Null(fault.Cause);
    }

    [Fact]
    public void A_cut_archive_an_entry_that_is_no_base64_and_none_at_all_are_told()
    {
        Assert.Contains("no gzip", Message(Secret([0x1f, 0x8b, 0x08, 0, 1, 2, 3, 4, 5, 6, 7, 8])), StringComparison.Ordinal);
        Assert.Contains("no base64", Message(Sample.Read("v1", "Secret", """{"metadata":{"name":"x","namespace":"web"},"data":{"release":"?"}}""")), StringComparison.Ordinal);
        Assert.Contains("no entry 'release'", Message(Sample.Read("v1", "Secret", """{"metadata":{"name":"x","namespace":"web"}}""")), StringComparison.Ordinal);
    }

    /// <summary>A kilobyte of gzip may be a gigabyte.</summary>
    [Theory]
    [InlineData(false, ReleasePayload.MostOfBeginning)]
    [InlineData(true, ReleasePayload.Most)]
    public void A_payload_that_expands_without_an_end_fills_no_memory(bool whole, int most)
    {
        var bomb = Secret(Bomb(200));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<FaultException>(() => ReleasePayload.Read(bomb, whole, whole)).Fault;

        Assert.Contains($"more than {most >> 20} MiB", fault.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5L * most);
    }

    private static string Message(KubeObject item) => Assert.Throws<FaultException>(() => ReleasePayload.Read(item, values: false, manifest: false)).Fault.Message;

    private static KubeObject Secret(byte[] packed) => Sample.Read(
        "v1",
        "Secret",
        $$$"""{"metadata":{"name":"sh.helm.release.v1.web.v3","namespace":"web"},"data":{"release":"{{{Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(packed)))}}}"} }""");

    private static byte[] Packed(string json) => Packed(stream => stream.Write(Encoding.UTF8.GetBytes(json)));

    private static byte[] Bomb(int mebibytes) => Packed(stream =>
    {
        stream.Write("{\"a\":\""u8);
        var piece = new byte[1024 * 1024];
        Array.Fill(piece, (byte)'a');
        for (var i = 0; i < mebibytes; i++)
            stream.Write(piece);
    });

    private static byte[] Packed(Action<Stream> write)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            write(gzip);
        return packed.ToArray();
    }
}
