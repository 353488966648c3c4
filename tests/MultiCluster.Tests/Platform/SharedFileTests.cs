using System.Text;
using MultiCluster.Platform;
using MultiCluster.Tests.Kubeconfig;

namespace MultiCluster.Tests.Platform;

/// <summary>Files beside others who have them open.</summary>
public sealed class SharedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>An error of Windows as .NET throws it.</summary>
    private static Exception Error(int code) => code == 5 ? new UnauthorizedAccessException() : new IOException("in the way", unchecked((int)0x80070000) | code);

    [Theory]
    [InlineData(32, true, true)] // ERROR_SHARING_VIOLATION
    [InlineData(33, true, true)] // ERROR_LOCK_VIOLATION
    [InlineData(5, false, true)] // ERROR_ACCESS_DENIED: a rename over an open file
    [InlineData(1175, false, true)] // ERROR_UNABLE_TO_REMOVE_REPLACED
    [InlineData(1176, false, true)] // ERROR_UNABLE_TO_MOVE_REPLACEMENT
    [InlineData(1224, false, true)] // ERROR_USER_MAPPED_FILE
    [InlineData(2, false, false)] // ERROR_FILE_NOT_FOUND
    [InlineData(80, false, false)] // ERROR_FILE_EXISTS
    [InlineData(112, false, false)] // ERROR_DISK_FULL
    public void What_goes_away_by_itself_is_told_from_what_stays(int code, bool taken, bool inTheWay)
    {
        Assert.Equal(taken, SharedFile.IsTaken(Error(code)));
        Assert.Equal(inTheWay, SharedFile.IsInTheWay(Error(code), windows: true));
        Assert.Equal(taken, SharedFile.IsInTheWay(Error(code), windows: false));
    }

    [Theory]
    [InlineData(11)] // EWOULDBLOCK of Linux
    [InlineData(35)] // and of macOS
    public void A_lock_of_Unix_is_one_too(int errno) => Assert.True(SharedFile.IsTaken(new IOException("locked", errno)));

    [Fact]
    public void What_is_in_the_way_is_waited_for()
    {
        var pauses = new List<TimeSpan>();
        var attempts = 0;

        Assert.Equal("done", SharedFile.Try(() => ++attempts < 4 ? throw Error(32) : "done", SharedFile.IsTaken, pauses.Add));
        Assert.Equal([10, 20, 40], pauses.Select(static pause => pause.TotalMilliseconds));
    }

    [Fact]
    public void Nothing_is_waited_for_any_longer_than_a_second()
    {
        var waited = TimeSpan.Zero;

        Assert.Throws<UnauthorizedAccessException>(() => SharedFile.Try<bool>(() => throw Error(5), static e => SharedFile.IsInTheWay(e, windows: true), pause => waited += pause));
        Assert.InRange(waited.TotalSeconds, 0.3, 1);
    }

    [Fact]
    public void What_stays_is_thrown_at_once() => Assert.Throws<IOException>(() => SharedFile.Try<bool>(() => throw Error(112), static e => SharedFile.IsInTheWay(e, windows: true), static _ => Assert.Fail("It waits.")));

    [Fact]
    public void A_file_is_replaced_under_its_readers()
    {
        var path = _folder.Write("file", "old");
        using var reader = new StreamReader(SharedFile.Open(path));

        SharedFile.Replace(_folder.Write("new", "new"), path);

        Assert.Equal("old", reader.ReadToEnd());
        Assert.Equal("new", SharedFile.ReadAllText(path));
        Assert.False(File.Exists(_folder["new"]));
    }

    [Fact]
    public void A_file_is_put_where_none_is()
    {
        SharedFile.Replace(_folder.Write("new", "new"), _folder["file"]);
        SharedFile.MoveOver(_folder["file"], _folder.Write("other", "old"));

        Assert.Equal("new", File.ReadAllText(_folder["other"]));
    }

    [Fact]
    public async Task A_file_is_read_while_it_is_written_and_its_mark_says_how()
    {
        var path = _folder["file"];
        using (var writer = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite), Encoding.Unicode))
        {
            writer.Write("größe");
            writer.Flush();
            Assert.Equal("größe", SharedFile.ReadAllText(path));
        }

        Assert.Equal("größe", await SharedFile.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(SharedFile.ReadAllBytes(path), await SharedFile.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }
}
