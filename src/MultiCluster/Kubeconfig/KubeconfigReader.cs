using System.Text;
using System.Text.Json;
using MultiCluster.Objects.Yaml;
using YamlDotNet.Core;

namespace MultiCluster.Kubeconfig;

/// <summary>Reads one kubeconfig, YAML or JSON, into a <see cref="KubeconfigFile"/>. Never throws for what a file holds.</summary>
internal static class KubeconfigReader
{
    /// <summary>A larger file is no kubeconfig: 10,000 contexts with certificates are 60 MB.</summary>
    public const int MaxBytes = 128 * 1024 * 1024;

    /// <summary>Reads the bytes of the file at <paramref name="path"/>, whose folder its relative paths belong to.</summary>
    public static KubeconfigFile Read(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (SourceText.HasWideBom(bytes.Span, out var encoding)) return Read(path, encoding.GetString(bytes.Span), cancellationToken);
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.Span.Contains((byte)0)) return KubeconfigFile.Other(path);
        return IsJson(bytes.Span) && TryReadJson(path, bytes, cancellationToken) is { } json ? json : ReadYaml(path, Encoding.UTF8.GetString(bytes.Span), cancellationToken);
    }

    /// <summary>Reads a text.</summary>
    public static KubeconfigFile Read(string path, string text, CancellationToken cancellationToken = default)
    {
        text = text.TrimStart('\uFEFF');
        return text.AsSpan().TrimStart().StartsWith('{') && TryReadJson(path, Encoding.UTF8.GetBytes(text), cancellationToken) is { } json
            ? json
            : ReadYaml(path, text, cancellationToken);
    }

    private static KubeconfigFile? TryReadJson(string path, ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        var document = new KubeconfigDocument(path);
        try
        {
            return document.Read(new JsonNodeReader(utf8, cancellationToken));
        }
        catch (NodeLimitException e)
        {
            return document.Lost(e.Message, e.Position, []);
        }
        catch (JsonException)
        {
            // A YAML flow mapping starts the same way; and the YAML parser tells the position of an error.
            return null;
        }
    }

    private static KubeconfigFile ReadYaml(string path, string text, CancellationToken cancellationToken)
    {
        var document = new KubeconfigDocument(path);
        var reader = new YamlNodeReader(new StringReader(text), cancellationToken);
        try
        {
            return document.Read(reader);
        }
        catch (NodeLimitException e)
        {
            return document.Lost(e.Message, e.Position, text);
        }
        catch (YamlException e)
        {
            var place = YamlSyntax.PlaceOf(e, text, reader.Position.Line);
            return document.Lost(YamlSyntax.Sentence(e.Message), (place.Line, place.Column), text);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            // The parser lost its way without saying where: after the last thing that it read.
            return document.Lost("This is not valid YAML, here or after it.", reader.Position, text);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8).StartsWith("{"u8);
}
