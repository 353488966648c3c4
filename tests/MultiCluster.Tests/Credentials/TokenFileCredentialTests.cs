using System.Net.Http.Headers;
using MultiCluster.Credentials;
using MultiCluster.Faults;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Credentials;

public sealed class TokenFileCredentialTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly TestClock _time = new();
    private readonly TokenFileCredential _credential;

    public TokenFileCredentialTests()
    {
        File.WriteAllText(_path, "one\n");
        _credential = new TokenFileCredential(certificate: null, _path, ClusterIdentity.Of("/kube/config", "prod"), _time);
    }

    public void Dispose()
    {
        _credential.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public async Task The_file_is_read_again_after_ten_seconds_and_not_before()
    {
        Assert.Equal("one", await TokenAsync());
        File.WriteAllText(_path, "two");
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal("one", await TokenAsync());

        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal("two", await TokenAsync());
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")] // what > of Windows PowerShell writes
    [InlineData("utf-16BE")]
    public async Task A_file_with_a_byte_order_mark_and_a_line_end_of_Windows_is_read(string encoding)
    {
        File.WriteAllText(_path, "one\r\n", System.Text.Encoding.GetEncoding(encoding));

        Assert.Equal("one", await TokenAsync());
    }

    [Fact]
    public async Task A_rejected_token_is_read_again_at_once()
    {
        await TokenAsync();
        File.WriteAllText(_path, "two");

        Assert.True(_credential.TryInvalidate(new AuthenticationHeaderValue("Bearer", "one")));

        Assert.Equal("two", await TokenAsync());
    }

    [Fact]
    public async Task A_rejection_of_an_older_token_keeps_the_present_one()
    {
        await TokenAsync();
        File.WriteAllText(_path, "two");

        Assert.True(_credential.TryInvalidate(new AuthenticationHeaderValue("Bearer", "zero")));

        Assert.Equal("one", await TokenAsync());
    }

    [Fact]
    public async Task A_token_that_cannot_be_renewed_stays_in_use_until_it_is_rejected()
    {
        await TokenAsync();
        File.Delete(_path);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("one", await TokenAsync());

        _credential.TryInvalidate(new AuthenticationHeaderValue("Bearer", "one"));

        var fault = await ExecPluginFaultTests.FaultAsync(TokenAsync());
        Assert.Equal($"Token file {_path} does not exist", fault.Detail);
        Assert.Equal("prod", fault.Cluster?.ClusterName);
    }

    [Fact]
    public async Task An_empty_file_is_an_error()
    {
        File.WriteAllText(_path, " \n");

        var fault = await ExecPluginFaultTests.FaultAsync(TokenAsync());

        Assert.Equal(FaultPhase.Credential, fault.Phase);
        Assert.Equal($"Token file {_path} holds no token", fault.Detail);
    }

    private async Task<string?> TokenAsync() => (await _credential.GetAuthorizationAsync(TestContext.Current.CancellationToken))?.Parameter;
}
