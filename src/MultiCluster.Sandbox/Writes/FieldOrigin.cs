using System.Globalization;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Apply;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Writes;

/// <summary>Who a request's writer is to the fields that it writes: <c>fieldManager</c>, or the program that its user agent names.</summary>
internal static class FieldOrigin
{
    private const int Longest = 128;

    public static FieldWriter Of(SimulatedRequest request)
    {
        var info = request.Info;
        return new(ManagerOf(request), ResourceKind.ApiVersionOf(info.Group, info.Version), info.Subresource, request.Time.GetUtcNow());
    }

    private static string ManagerOf(SimulatedRequest request)
    {
        if (request.Context.Request.Query["fieldManager"].ToString() is { Length: > 0 } named) return named;
        var program = request.Context.Request.Headers.UserAgent.ToString().Split('/')[0];
        program = string.Concat(program.Where(c => !char.IsControl(c)));
        return program.Length == 0 ? "unknown" : program[..Math.Min(program.Length, Longest)];
    }

    /// <summary>What is wrong with the name of a manager; null for nothing.</summary>
    public static string? Problem(string manager)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(manager) > Longest) return "Too long: must have at most 128 bytes";
        var at = manager.AsSpan().IndexOfAnyInRange('\0', '\u001f');
        if (at < 0) return null;
        var shown = System.Text.Json.JsonSerializer.Serialize(manager);
        return string.Create(CultureInfo.InvariantCulture, $"Invalid value: {shown}: invalid character U+{(int)manager[at]:X4} (at position {at})");
    }
}
