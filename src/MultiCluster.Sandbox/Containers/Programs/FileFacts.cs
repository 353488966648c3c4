using System.Globalization;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>What <c>ls</c> and <c>stat</c> tell of a file, a folder or a link.</summary>
internal sealed record FileFacts(char Kind, UnixFileMode Mode, long Size, DateTimeOffset Changed, string? Link)
{
    private const UnixFileMode Usual = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Null when there is nothing.</summary>
    public static FileFacts? Of(ContainerFiles files, string path, bool followLink = false)
    {
        if (!followLink && files.ReadLink(path) is { } target)
            return new FileFacts('l', Usual | Execute, target.Length, File.GetLastWriteTimeUtc(files.Locate(path, followLast: false)), target);
        if (!files.Exists(path)) return null;
        var place = files.Locate(path);
        var isFolder = Directory.Exists(place);
        var mode = OperatingSystem.IsWindows() ? (isFolder ? Usual | Execute : Usual) : File.GetUnixFileMode(place);
        return new FileFacts(isFolder ? 'd' : '-', mode, isFolder ? 4096 : new FileInfo(place).Length, File.GetLastWriteTimeUtc(place), null);
    }

    /// <summary><c>-rw-r--r--</c>.</summary>
    public string ModeText => Kind + string.Concat(Enumerable.Range(0, 9).Select(bit => ((int)Mode & (0x100 >> bit)) == 0 ? '-' : "rwx"[bit % 3]));

    /// <summary><c>644</c>.</summary>
    public string Octal => Convert.ToString((int)Mode, 8);

    public string Line(string name) => string.Create(
        CultureInfo.InvariantCulture, $"{ModeText} 1 root root {Size,9} {Changed:MMM dd HH:mm} {name}{(Link is null ? "" : $" -> {Link}")}");
}
