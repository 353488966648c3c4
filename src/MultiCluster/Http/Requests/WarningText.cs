using MultiCluster.Faults;

namespace MultiCluster.Http;

/// <summary>Reads the <c>Warning</c> headers that API servers send: <c>299 - "text"</c>.</summary>
internal static class WarningText
{
    private const int MaxWarnings = 16;

    public static IReadOnlyList<string> Of(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Warning", out var values))
            return [];
        var texts = new List<string>();
        foreach (var value in values.Take(MaxWarnings))
        {
            var start = value.IndexOf('"', StringComparison.Ordinal);
            var end = value.LastIndexOf('"');
            if (start >= 0 && end > start)
                texts.Add(MessageText.OneLine(value[(start + 1)..end].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)));
        }

        return texts;
    }
}
