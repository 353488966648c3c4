using System.Text;
using MultiCluster.Faults;
using MultiCluster.Manifests;

namespace MultiCluster.Tests.Manifests;

public sealed class ManifestFilesTests : IDisposable
{
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %}\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("multicluster-");

    [Fact]
    public void Of_a_folder_those_files_count_that_kubectl_reads()
    {
        Write("b.yaml");
        Write("a.yml");
        Write("c.json");
        Write("notes.txt");
        Write("d.yaml.bak");
        Write("inner/e.yaml");
        Write("inner/more/f.yaml");

        Assert.Equal(["a.yml", "b.yaml", "c.json"], Find(recurse: false));
        Assert.Equal(["a.yml", "b.yaml", "c.json", "inner/e.yaml", "inner/more/f.yaml"], Find(recurse: true));
    }

    [Fact]
    public void A_file_that_is_named_counts_whatever_its_name_and_once()
    {
        var (file, folder) = (Write("notes.txt"), Write("a.yaml"));

        var (files, faults) = ManifestFiles.Find([file, folder, _folder.FullName, file], recurse: false, TestContext.Current.CancellationToken);

        Assert.Equal(["notes.txt", "a.yaml"], files.Select(Path.GetFileName));
        Assert.Empty(faults);
    }

    [Fact]
    public void A_folder_without_manifests_is_told_and_the_other_paths_are_read()
    {
        var empty = _folder.CreateSubdirectory("empty").FullName;
        Write("empty/notes.txt");
        var file = Write("a.yaml");

        var (files, faults) = ManifestFiles.Find([empty, file], recurse: false, TestContext.Current.CancellationToken);

        Assert.Equal([file], files);
        var fault = Assert.Single(faults);
        Assert.Equal((FaultPhase.Invalid, $"{empty}: there is no file in this folder that ends with .json, .yaml or .yml"), (fault.Phase, fault.Detail));
        Assert.Contains("-Recurse", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_file_is_read_and_a_link_to_a_folder_leads_nowhere()
    {
        var target = Write("..data/web.yaml");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "web.yaml"), target);
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "loop"), _folder.FullName);

        Assert.Equal(["web.yaml", "..data/web.yaml"], Find(recurse: true));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_file_may_say_its_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var path = Path.Combine(_folder.FullName, "a.yaml");
        await File.WriteAllBytesAsync(path, [.. encoding.Preamble, .. encoding.GetBytes(ConfigMap.Replace("%", "ünï", StringComparison.Ordinal))], TestContext.Current.CancellationToken);

        Assert.Equal("ünï", Assert.Single((await ReadAsync(path)).Manifests).Name);
    }

    [Fact]
    public async Task What_is_no_text_is_told_with_its_file_and_no_other_is_lost()
    {
        string[] files =
        [
            Write("binary.yaml", [0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 1]),
            Write("latin.yaml", [.. "a: 1\nb: "u8, 0xFC, (byte)'\n']),
            Path.Combine(_folder.FullName, "missing.yaml"),
            _folder.FullName,
            Write("good.yaml"),
        ];

        var read = await ReadAsync(files);

        Assert.Equal("good", Assert.Single(read.Manifests).Name);
        Assert.Equal(
            [
                $"{files[0]}:1:1: this is a binary file, or a text in another encoding than UTF-8",
                $"{files[1]}:2:4: this is no text in UTF-8",
                $"{files[2]}: there is no such file",
                $"{files[3]}: this is a folder",
            ],
            read.Faults.Select(static fault => fault.Detail));
        Assert.All(read.Faults, static fault => Assert.Equal(FaultPhase.Invalid, fault.Phase));
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Everybody may read it.");
        var path = Write("a.yaml");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);

        Assert.Equal($"{path}: this file may not be read", Assert.Single((await ReadAsync(path)).Faults).Detail);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_read()
    {
        var path = Write("a.yaml");
        await using (var file = File.OpenWrite(path))
            file.SetLength(ObjectDocuments.MaxBytes + 1L);

        Assert.Equal($"{path}: this is larger than 128 MiB", Assert.Single((await ReadAsync(path)).Faults).Detail);
    }

    [Fact]
    public async Task An_object_in_two_files_names_both()
    {
        var (one, other) = (Write("one.yaml", of: "x"), Write("other.yaml", of: "x"));

        Assert.Equal($"{other}:1:1: ConfigMap x is there twice, first at {one}:1:1", Assert.Single((await ReadAsync(one, other)).Faults).Detail);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<ManifestList> ReadAsync(params string[] files) => ManifestReader.ReadAsync(files, TestContext.Current.CancellationToken);

    private IEnumerable<string> Find(bool recurse)
    {
        var (files, faults) = ManifestFiles.Find([_folder.FullName], recurse);
        Assert.Empty(faults);
        return files.Select(file => Path.GetRelativePath(_folder.FullName, file).Replace('\\', '/'));
    }

    private string Write(string name, byte[]? content = null, string? of = null)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content ?? Encoding.UTF8.GetBytes(ConfigMap.Replace("%", of ?? Path.GetFileNameWithoutExtension(name), StringComparison.Ordinal)));
        return path;
    }
}
