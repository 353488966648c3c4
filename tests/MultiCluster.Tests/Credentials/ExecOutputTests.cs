using System.Text;
using MultiCluster.Credentials;

namespace MultiCluster.Tests.Credentials;

/// <summary>What plugins of Windows print, whatever this machine is.</summary>
public sealed class ExecOutputTests
{
    private const string V1 = "client.authentication.k8s.io/v1";
    private const string Printed = "{\r\n  \"kind\": \"ExecCredential\",\r\n  \"apiVersion\": \"client.authentication.k8s.io/v1\",\r\n  \"status\": { \"token\": \"abc\" }\r\n}\r\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_credential_with_a_byte_order_mark_and_line_breaks_of_Windows_is_read(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        var read = ExecCredentialReader.Read((byte[])[.. encoding.Preamble, .. encoding.GetBytes(Printed)], V1, DateTimeOffset.UnixEpoch);

        Assert.Equal("Bearer abc", $"{read.Authorization}");
    }

    [Fact]
    public void Half_a_character_behind_a_mark_is_no_JSON_and_no_crash() =>
        Assert.Throws<FormatException>(() => ExecCredentialReader.Read((byte[])[0xFF, 0xFE, 0x7B], V1, DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData(130, true, false)]
    [InlineData(143, true, false)]
    [InlineData(128, false, false)]
    [InlineData(9009, true, false)] // no such command, for cmd
    [InlineData(unchecked((int)0xC000013A), false, true)]
    [InlineData(1, false, false)]
    public void Ctrl_C_has_another_code_on_Windows(int code, bool unix, bool windows)
    {
        Assert.Equal(unix, ExecPluginProcess.IsOfSignal(code, windows: false));
        Assert.Equal(windows, ExecPluginProcess.IsOfSignal(code, windows: true));
    }
}
