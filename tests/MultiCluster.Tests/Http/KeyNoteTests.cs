using MultiCluster.Http.Login;

namespace MultiCluster.Tests.Http;

/// <summary>Keys that Windows keeps in files, and whose process may die.</summary>
public sealed class KeyNoteTests
{
    private static readonly KeyNote Note = new(4711, 638_000_000_000_000_000, "{0B5E7C1A-3F1B-4B7E-9D3B-8D6A2F0C1E55}", "Microsoft Software Key Storage Provider", 0);

    [Theory]
    [InlineData(0)]
    [InlineData(24)] // PROV_RSA_AES
    public void A_note_is_read_as_it_was_written(int providerType)
    {
        var note = Note with { ProviderType = providerType };

        Assert.Equal(note, KeyNote.Parse($"{note}"));
        Assert.Equal(note, KeyNote.Parse($"{note}".ReplaceLineEndings("\r\n")));
    }

    [Fact]
    public void The_names_of_notes_tell_processes_apart()
    {
        var name = Note.NewFileName();

        Assert.StartsWith(KeyNote.PrefixOf(Note.ProcessId, Note.Started), name, StringComparison.Ordinal);
        Assert.NotEqual(name, Note.NewFileName());
        Assert.False(name.StartsWith(KeyNote.PrefixOf(471, Note.Started), StringComparison.Ordinal));
        Assert.Equal(name, Path.GetFileName(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4711\n638000000000000000\nname\nprovider")]
    [InlineData("4711\n638000000000000000\n\nprovider\n0")]
    [InlineData("-1\n638000000000000000\nname\nprovider\n0")]
    [InlineData("4711\nnow\nname\nprovider\n0")]
    public void What_is_no_note_removes_no_key(string text) => Assert.Null(KeyNote.Parse(text));

    [Fact]
    public void A_key_is_left_when_its_process_is_gone_or_another_one_has_its_id()
    {
        Assert.False(Note.IsLeft(id => id == 4711 ? Note.Started : null));
        Assert.True(Note.IsLeft(static _ => null));
        Assert.True(Note.IsLeft(id => id == 4711 ? Note.Started + 1 : null));
    }
}
