using System.Formats.Tar;
using System.Text;

namespace MultiCluster.Tests.Copying.Local;

/// <summary>An archive entry by entry, as somebody might write it who means harm.</summary>
internal sealed class Archive : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly TarWriter _writer;

    public Archive() => _writer = new TarWriter(_bytes, TarEntryFormat.Gnu, leaveOpen: true);

    public static DateTimeOffset Time { get; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public Archive Folder(string name, UnixFileMode mode = (UnixFileMode)0b111_101_101) => Add(TarEntryType.Directory, name, mode: mode);

    public Archive File(string name, string text = "text", UnixFileMode mode = (UnixFileMode)0b110_100_100) => Add(TarEntryType.RegularFile, name, text, mode: mode);

    public Archive Link(string name, string target) => Add(TarEntryType.SymbolicLink, name, link: target);

    public Archive Add(TarEntryType type, string name, string? text = null, string? link = null, UnixFileMode mode = (UnixFileMode)0b111_101_101)
    {
        var entry = new GnuTarEntry(type, name) { Mode = mode, ModificationTime = Time };
        if (text is not null)
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        if (link is not null)
            entry.LinkName = link;
        _writer.WriteEntry(entry);
        return this;
    }

    /// <summary>The whole archive.</summary>
    public byte[] Bytes()
    {
        _writer.Dispose();
        return _bytes.ToArray();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _bytes.Dispose();
    }

    public Stream Read() => new MemoryStream(Bytes());
}
