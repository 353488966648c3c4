using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;
using MultiCluster.Platform;

namespace MultiCluster.Clusters;

/// <summary>Preferences as they were read.</summary>
/// <param name="Preferences">The preferences; empty when there are none.</param>
/// <param name="Notices">What the user should know of the file, a sentence each.</param>
internal sealed record LoadedPreferences(Preferences Preferences, IReadOnlyList<string> Notices);

/// <summary>
/// The preferences in <c>preferences.json</c> of one folder, shared by all sessions of the user. Reading never fails; each change is made
/// to what the file says at that moment, one session at a time, and written whole or not at all.
/// </summary>
/// <param name="folder">The folder; it is made by the first change.</param>
/// <param name="time">The clock.</param>
internal sealed class PreferencesStore(string folder, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Full path of the file.</summary>
    public string FilePath { get; } = Path.Combine(folder, "preferences.json");

    /// <summary>
    /// Reads the preferences. A damaged file is set aside; as long as it is there a notice says where, whoever set it aside.
    /// </summary>
    public LoadedPreferences Load()
    {
        OwnerOnlyFile.RemoveLeftovers(FilePath);
        var read = Read();
        if (read.State != FileState.Damaged) return Told(read);
        using var held = FileLock.TryTake(FilePath);
        // Another session may have set it aside meanwhile.
        if (held is not null) read = Read();
        if (read.State != FileState.Damaged) return Told(read);
        try
        {
            if (held is null) return Told(Ignored());
            SetAside();
            return Told(new FileReading(FileState.Good, Preferences.Empty, []));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Told(Ignored());
        }
    }

    /// <summary>Changes the preferences and returns what the file says now.</summary>
    /// <param name="change">Makes the new preferences of those in the file; what it leaves alone, and what other sessions wrote, stays.</param>
    /// <param name="cancellationToken">Ends the wait for other sessions.</param>
    /// <exception cref="FaultException">
    /// The file cannot be read or written, another session keeps it locked, or a newer version of the module wrote it. It is what it was.
    /// </exception>
    public async Task<LoadedPreferences> UpdateAsync(Func<Preferences, Preferences> change, CancellationToken cancellationToken = default)
    {
        using var held = await FileLock.TakeAsync(FilePath, _time, cancellationToken).ConfigureAwait(false);
        var read = Read();
        if (read.State == FileState.Newer) throw Newer(read.Version);
        if (read.State == FileState.Unreadable)
            throw new FaultException(FaultPhase.Invalid, $"the preferences at {FilePath} cannot be read", "Make the file readable for you.");

        var changed = change(read.Preferences);
        try
        {
            if (read.State == FileState.Damaged) SetAside();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OwnerOnlyFile.NotWritable(FilePath, e);
        }

        if (!ReferenceEquals(changed, read.Preferences))
            await OwnerOnlyFile.WriteAsync(FilePath, PreferencesJsonWriter.Write(changed), cancellationToken).ConfigureAwait(false);
        return Told(read with { Preferences = changed });
    }

    private FileReading Read()
    {
        try
        {
            var bytes = ReadBytes();
            if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
            if (!Utf8.IsValid(bytes.Span)) bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span));
            LenientJson.Repair(bytes.Span);
            if (bytes.Span.TrimStart(" \t\r\n"u8).IsEmpty) return new FileReading(FileState.Good, Preferences.Empty, []);
            var json = new PreferencesJson();
            var preferences = json.Read(bytes);
            var notices = json.Notices.Select(notice => $"{FilePath}: {notice}");
            return json.Version > PreferencesJson.SchemaVersion
                ? new FileReading(FileState.Newer, preferences, [Newer(json.Version).Fault.Message, .. notices]) { Version = json.Version }
                : new FileReading(FileState.Good, preferences, [.. notices]);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FileReading(FileState.Good, Preferences.Empty, []);
        }
        catch (JsonException)
        {
            return new FileReading(FileState.Damaged, Preferences.Empty, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FileReading(FileState.Unreadable, Preferences.Empty, [$"The preferences at {FilePath} cannot be read."]);
        }
    }

    /// <summary>Without standing in the way of another session's rename.</summary>
    private Memory<byte> ReadBytes()
    {
        using var stream = SharedFile.Open(FilePath);
        var bytes = new byte[stream.Length];
        return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    private FaultException Newer(int version) => new(
        FaultPhase.Invalid,
        $"the preferences at {FilePath} have schema version {version}, and this version of MultiCluster writes version {PreferencesJson.SchemaVersion}: they are read, not changed",
        "Update MultiCluster.");

    private FileReading Ignored() => new(FileState.Damaged, Preferences.Empty, [$"The preferences at {FilePath} are damaged and are ignored."]);

    /// <summary>What was read, and what is to be known of it: the preferences that are not in force any more, too, until they are removed.</summary>
    private LoadedPreferences Told(FileReading read) => new(
        read.Preferences,
        [
            .. read.Notices,
            .. SetAsides().Select(aside => $"The preferences at {FilePath} were damaged. They are kept as {aside}, and are not in force: take from that file what you need, and remove it to be rid of this warning."),
        ]);

    private string[] SetAsides()
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "preferences.damaged-*.json").Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private void SetAside()
    {
        var stamp = _time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var aside = Path.Combine(folder, $"preferences.damaged-{stamp}.json");
        for (var i = 2; File.Exists(aside); i++) aside = Path.Combine(folder, $"preferences.damaged-{stamp}-{i}.json");
        File.Move(FilePath, aside);
    }

    private enum FileState
    {
        Good,
        Newer,
        Damaged,
        Unreadable,
    }

    private sealed record FileReading(FileState State, Preferences Preferences, IReadOnlyList<string> Notices)
    {
        public int Version { get; init; }
    }
}
