using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MultiCluster.Sandbox.Containers.Programs;

/// <summary>Sums of files.</summary>
internal static class SumPrograms
{
    public static Task<int> Sha256Async(ProgramContext context) => RunAsync(context, HashAlgorithmName.SHA256);

    [SuppressMessage("Security", "CA5351", Justification = "What md5sum is for.")]
    public static Task<int> Md5Async(ProgramContext context) => RunAsync(context, HashAlgorithmName.MD5);

    private static Task<int> RunAsync(ProgramContext context, HashAlgorithmName algorithm) =>
        ProgramFiles.EachAsync(context, ProgramOptions.Of(context.Arguments, "b").Rest, async (from, name) =>
        {
            using var hash = IncrementalHash.CreateHash(algorithm);
            await ProgramFiles.ReadAsync(
                from,
                block =>
                {
                    hash.AppendData(block.Span);
                    return ValueTask.FromResult(true);
                },
                context.Ended);
            await context.WriteLineAsync($"{Convert.ToHexStringLower(hash.GetHashAndReset())}  {name}");
        });
}
