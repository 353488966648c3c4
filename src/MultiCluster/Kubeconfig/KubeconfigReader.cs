using System.Text;
using System.Text.Json;
using YamlDotNet.Core;

namespace MultiCluster.Kubeconfig;

/// <summary>Reads one kubeconfig, YAML or JSON, into a <see cref="KubeconfigFile"/>. Never throws for what a file holds.</summary>
internal static class KubeconfigReader
{
    /// <summary>A larger file is no kubeconfig: 10,000 contexts with certificates are 60 MB.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    private static readonly string[] SyntaxMessages = ["While scanning", "While parsing", "Did not find", "Found", "Reached the end"];

    /// <summary>Reads the bytes of the file at <paramref name="path"/>, whose folder its relative paths belong to.</summary>
    public static KubeconfigFile Read(string path, ReadOnlyMemory<byte> bytes)
    {
        if (HasWideBom(bytes.Span, out var encoding)) return Read(path, encoding.GetString(bytes.Span));
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.Span.Contains((byte)0)) return new KubeconfigFile(path, FileContent.Other);
        return IsJson(bytes.Span) && TryReadJson(path, bytes) is { } json ? json : ReadYaml(path, Encoding.UTF8.GetString(bytes.Span));
    }

    /// <summary>Reads a text.</summary>
    public static KubeconfigFile Read(string path, string text)
    {
        text = text.TrimStart('\uFEFF');
        return text.AsSpan().TrimStart().StartsWith('{') && TryReadJson(path, Encoding.UTF8.GetBytes(text)) is { } json ? json : ReadYaml(path, text);
    }

    private static KubeconfigFile? TryReadJson(string path, ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return new KubeconfigDocument(path).Read(new JsonNodeReader(utf8));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A YAML flow mapping starts the same way; and the YAML parser tells the position of an error.
            return null;
        }
    }

    private static KubeconfigFile ReadYaml(string path, string text)
    {
        YamlNodeReader? reader = null;
        try
        {
            reader = new YamlNodeReader(new StringReader(text));
            return new KubeconfigDocument(path).Read(reader);
        }
        catch (YamlException e)
        {
            return KubeconfigFile.Lost(path, Sentence(e.Message), (int)e.Start.Line, (int)e.Start.Column);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            // The parser lost its way without saying where: after the last thing that it read.
            var (line, column) = reader?.Position ?? (1, 1);
            return KubeconfigFile.Lost(path, "This is not valid YAML, here or after it.", line, column);
        }
    }

    /// <summary>The parser's own sentences hold no text of the file; any other message might.</summary>
    private static string Sentence(string message) =>
        Array.Exists(SyntaxMessages, start => message.StartsWith(start, StringComparison.Ordinal))
            ? $"This is not valid YAML. {message.TrimEnd('.')}."
            : "This is not valid YAML.";

    private static bool IsJson(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    private static bool HasWideBom(ReadOnlySpan<byte> bytes, out Encoding encoding)
    {
        // Windows PowerShell's `>` writes UTF-16.
        encoding = bytes.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode : Encoding.Unicode;
        return bytes.StartsWith(encoding.Preamble);
    }
}
