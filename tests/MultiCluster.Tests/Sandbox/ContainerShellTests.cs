using System.Text;
using MultiCluster.Sandbox.Containers;

namespace MultiCluster.Tests.Sandbox;

/// <summary>The small shell of simulated containers, and its programs.</summary>
public sealed class ContainerShellTests : IAsyncDisposable
{
    private readonly SimulatedContainer _container = new("web-0", new ContainerOptions(), [KeyValuePair.Create("COLOR", "dark blue")], [], TimeProvider.System);

    public async ValueTask DisposeAsync() => await _container.DisposeAsync();

    [Theory]
    [InlineData("echo one two", "one two\n")]
    [InlineData("echo 'a  b' \"c $COLOR\" d\\ e", "a  b c dark blue d e\n")]
    [InlineData("echo '$COLOR' \\$COLOR \"\\$COLOR\"", "$COLOR $COLOR $COLOR\n")]
    [InlineData("for c in $COLOR; do echo $c; done", "dark\nblue\n")]
    [InlineData("printf '%s:%03d\\n' a 7 b 42", "a:007\nb:042\n")]
    [InlineData("seq 1 5 | head -n 2", "1\n2\n")]
    [InlineData("seq 1 100000 | wc -l", "100000\n")]
    [InlineData("yes | head -n 3", "y\ny\ny\n")]
    [InlineData("true && echo yes || echo no", "yes\n")]
    [InlineData("false && echo yes || echo no", "no\n")]
    [InlineData("false; echo $?", "1\n")]
    [InlineData("no-such; echo $?", "127\n")]
    [InlineData("echo a > /tmp/f; echo b >> /tmp/f; cat < /tmp/f", "a\nb\n")]
    [InlineData("ls /nowhere 2>&1 | grep -c nowhere", "1\n")]
    [InlineData("ls /nowhere 2>/dev/null; echo $?", "1\n")]
    [InlineData("X=1; X=2 env | grep ^X=; echo $X", "X=2\n1\n")]
    [InlineData("echo \"$(hostname)!\"", "web-0!\n")]
    [InlineData("cd /tmp && pwd; cd .. && pwd", "/tmp\n/\n")]
    [InlineData("(cd /tmp; pwd); pwd", "/tmp\n/\n")]
    [InlineData("if [ 2 -gt 1 ]; then echo more; else echo less; fi", "more\n")]
    [InlineData("printf 'a b\\nc\\n' | while read x y; do echo $y-$x; done", "b-a\n-c\n")]
    [InlineData("echo ${MISSING:-none} ${COLOR:-none}", "none dark blue\n")]
    [InlineData("echo a # comment", "a\n")]
    [InlineData("echo a; # comment\necho b", "a\nb\n")]
    [InlineData("mkdir -p /d/e; touch /d/x.txt /d/y.txt /d/z; ls /d; echo /d/*.txt", "e\nx.txt\ny.txt\nz\n/d/x.txt /d/y.txt\n")]
    [InlineData("printf hello > /f; stat -c %s /f; sha256sum < /f", "5\n2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  -\n")]
    [InlineData("printf 12345 | head -c 3; printf abcdef | tail -c +3", "123cdef")]
    [InlineData("sh -c 'echo $0 $1' name arg", "name arg\n")]
    [InlineData("echo 'echo from $1' > /s; sh /s here", "from here\n")]
    [InlineData("uname; id -u; whoami", "Linux\n0\nroot\n")]
    [InlineData("! true; echo $?", "1\n")]
    public async Task A_shell_runs_what_people_type(string command, string output) => Assert.Equal((output, 0), await OutputAsync(command));

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("echo a; false", 1)]
    [InlineData("set -e; false; echo not reached", 1)]
    [InlineData("true | false", 1)]
    [InlineData("(exit 5)", 5)]
    [InlineData("test -d /etc", 0)]
    [InlineData("test -f /etc", 1)]
    [InlineData("[ -n '' ]", 1)]
    [InlineData("echo (", 2)]
    [InlineData("echo 'open", 2)]
    public async Task A_shell_ends_with_the_code_of_what_it_ran(string command, int exitCode) => Assert.Equal(exitCode, (await OutputAsync(command)).ExitCode);

    [Fact]
    public async Task A_shell_reads_commands_from_its_input() =>
        Assert.Equal(("one\ntwo\n", 3), await OutputAsync(["sh"], "echo one\nfor x in two; do\necho $x\ndone\nexit 3\necho not reached\n"));

    [Fact]
    public async Task A_command_reads_what_follows_it_in_the_shells_input() =>
        Assert.Equal(("the rest\n", 0), await OutputAsync(["sh"], "head -n 1\nthe rest\n"));

    [Fact]
    public async Task A_program_that_is_killed_ends()
    {
        using var killed = new CancellationTokenSource();
        var running = _container.RunAsync(["sh", "-c", "while true; do :; done"], Streams(Stream.Null, Stream.Null), killed.Token);
        await killed.CancelAsync();
        Assert.Equal(137, await running);
    }

    [Fact]
    public async Task An_archive_brings_files_folders_links_and_times_to_another_place()
    {
        var made = "mkdir -p /from/sub; printf 'some text' > '/from/sub/a b.txt'; ln -s sub/x /from/link; touch /from/empty; cd /from && tar cf - . | tar xf - -C /tmp";
        Assert.Equal("", (await OutputAsync(made)).Output);
        Assert.Equal(("some text\nsub/x\n0\n", 0), await OutputAsync("cat '/tmp/sub/a b.txt'; echo; readlink /tmp/link; stat -c %s /tmp/empty"));
        Assert.Equal((await OutputAsync("stat -c %Y /from/empty")).Output, (await OutputAsync("stat -c %Y /tmp/empty")).Output);
    }

    private Task<(string Output, int ExitCode)> OutputAsync(string command) => OutputAsync(["sh", "-c", command]);

    private async Task<(string Output, int ExitCode)> OutputAsync(string[] command, string input = "")
    {
        using var output = new MemoryStream();
        var exitCode = await _container.RunAsync(command, Streams(new MemoryStream(Encoding.UTF8.GetBytes(input)), output), TestContext.Current.CancellationToken);
        return (Encoding.UTF8.GetString(output.ToArray()), exitCode);
    }

    private static ProgramStreams Streams(Stream input, Stream output) => new(input, output, Stream.Null);
}
