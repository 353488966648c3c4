using System.Diagnostics.CodeAnalysis;

namespace MultiCluster.Sandbox.Data;

/// <summary>Random choices that a seed repeats.</summary>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "Data of a simulator, which must be repeatable.")]
internal sealed class SeededRandom(int seed)
{
    private const string NameCharacters = "bcdfghjklmnpqrstvwxz2456789"; // As k8s.io/apimachinery's rand.

    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    public int Next(int limit) => _random.Next(limit);

    /// <summary>From 0 to 1. From any thread.</summary>
    public double NextDouble()
    {
        lock (_lock) return _random.NextDouble();
    }

    public int Between(int low, int high) => _random.Next(low, high + 1);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public string Suffix(int length) => string.Create(length, _random, (span, random) =>
    {
        foreach (ref var c in span) c = NameCharacters[random.Next(NameCharacters.Length)];
    });

    public string Hex(int length) => _random.GetHexString(length, lowercase: true);

    /// <summary>A version 4 UUID. The store asks for them from any thread.</summary>
    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock) _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
