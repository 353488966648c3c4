using MultiCluster.Credentials;

namespace MultiCluster.Tests.Credentials;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("token=abc", "token=***")]
    [InlineData("refresh_token: 'a b c' x", "refresh_token: *** x")]
    [InlineData("{\"access_token\":\"abc\",\"x\":1}", "{\"access_token\":***,\"x\":1}")]
    [InlineData("password: hunter2", "password: ***")]
    [InlineData("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG", "AWS_SECRET_ACCESS_KEY=***")]
    [InlineData("run --client-secret hunter2 --verbose", "run --client-secret *** --verbose")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: *** ***")]
    [InlineData("sent Bearer abc.def", "sent Bearer ***")]
    [InlineData("proxy http://jane:hunter2@proxy:3128 refused", "proxy http://***@proxy:3128 refused")]
    [InlineData("https://login/cb?code=abc&state=xyz", "https://login/cb?code=***&state=***")]
    [InlineData("got eyJhbGciOi.eyJzdWIi.c2ln here", "got *** here")]
    [InlineData("key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY bad", "key *** bad")]
    [InlineData("digest 0123456789abcdef0123456789abcdef bad", "digest *** bad")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\nbad key", "***; bad key")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nabc", "***")]
    public void What_looks_like_a_secret_is_masked(string text, string expected) => Assert.Equal(expected, Summarize(text));

    [Theory]
    [InlineData("The SSO session associated with this profile has expired. Run aws sso login.", "The SSO session associated with this profile has expired. Run aws sso login")]
    [InlineData("open /home/jane/projects/clusters/production/config: no such file", "open /home/jane/projects/clusters/production/config: no such file")]
    [InlineData("AADSTS700082 trace 0f8fad5b-d9cb-469f-a165-70867728950e", "AADSTS700082 trace 0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("Get https://login.microsoftonline.com/common: i/o timeout", "Get https://login.microsoftonline.com/common: i/o timeout")]
    [InlineData("", "")]
    public void What_helps_stays(string text, string expected) => Assert.Equal(expected, Summarize(text));

    [Fact]
    public void Known_secrets_are_masked_wherever_they_stand() =>
        Assert.Equal("cannot log in with ***", SecretMask.Summarize("cannot log in with swordfish", isCut: false, ["swordfish", ""]));

    [Fact]
    public void Half_a_word_at_the_cut_is_dropped() =>
        Assert.Equal("is no good", SecretMask.Summarize("dfish is no good", isCut: true, []));

    [Fact]
    public void Terminal_sequences_are_removed() => Assert.Equal("bold link", Summarize("\u001b[1;31mbold\u001b[0m\u0007 \u001b]8;;http://x\u001b\\link"));

    [Fact]
    public void Only_the_last_lines_are_told() => Assert.Equal("c; d; e; f", Summarize("a\r\nb\nc\n\nd\n  e\nf\n"));

    [Fact]
    public void A_long_line_is_cut_at_its_beginning()
    {
        var summary = Summarize(string.Join(' ', Enumerable.Repeat("word", 1000)));

        Assert.StartsWith("...", summary, StringComparison.Ordinal);
        Assert.Equal(403, summary.Length);
    }

    [Theory]
    [InlineData("AWS_SECRET_ACCESS_KEY", true)]
    [InlineData("github_token", true)]
    [InlineData("AWS_PROFILE", false)]
    public void Variables_are_secret_by_their_name(string name, bool secret) => Assert.Equal(secret, SecretMask.IsSecretName(name));

    private static string Summarize(string text) => SecretMask.Summarize(text, isCut: false, []);
}
