using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace MultiCluster.Platform;

/// <summary>What a program has written, as text: UTF-8 where it can be that, else in the code page that Windows gives to consoles.</summary>
internal static partial class ProgramText
{
    /// <summary>The text on this machine.</summary>
    public static string Of(ReadOnlySpan<byte> written) => Of(written, static () => OperatingSystem.IsWindows() ? CodePagesEncodingProvider.Instance.GetEncoding((int)GetOemCodePage()) : null);

    /// <summary>The text by another encoding than UTF-8, which is asked for where it is needed; null for none.</summary>
    internal static string Of(ReadOnlySpan<byte> written, Func<Encoding?> other)
    {
        // The last bytes of a long text may begin within a character.
        var whole = written;
        while (whole.Length > 0 && written.Length - whole.Length < 3 && whole[0] is >= 0x80 and < 0xC0)
            whole = whole[1..];
        return Utf8.IsValid(whole) || other() is not { } encoding ? Encoding.UTF8.GetString(written) : encoding.GetString(written);
    }

    [LibraryImport("kernel32", EntryPoint = "GetOEMCP")]
    private static partial uint GetOemCodePage();
}
