using MultiCluster.Objects;

namespace MultiCluster.Measuring;

/// <summary>What the objects of one row are together. Amounts are exact, and null where nothing has one.</summary>
internal sealed class MeasureSums
{
    public int Count { get; set; }

    /// <summary>How many of them run, and could have been measured.</summary>
    public int Running { get; set; }

    /// <summary>How many of them have been measured.</summary>
    public int Measured { get; set; }

    public Quantity? CpuRequest { get; private set; }

    public Quantity? CpuLimit { get; private set; }

    public Quantity? CpuUsed { get; private set; }

    public Quantity? CpuAllocatable { get; private set; }

    public Quantity? MemoryRequest { get; private set; }

    public Quantity? MemoryLimit { get; private set; }

    public Quantity? MemoryUsed { get; private set; }

    public Quantity? MemoryAllocatable { get; private set; }

    public void AddRequest(Quantity? cpu, Quantity? memory) => (CpuRequest, MemoryRequest) = (Sum(CpuRequest, cpu), Sum(MemoryRequest, memory));

    public void AddLimit(Quantity? cpu, Quantity? memory) => (CpuLimit, MemoryLimit) = (Sum(CpuLimit, cpu), Sum(MemoryLimit, memory));

    public void AddUsed(Quantity? cpu, Quantity? memory)
    {
        Measured += cpu is null && memory is null ? 0 : 1;
        (CpuUsed, MemoryUsed) = (Sum(CpuUsed, cpu), Sum(MemoryUsed, memory));
    }

    public void AddAllocatable(Quantity? cpu, Quantity? memory) => (CpuAllocatable, MemoryAllocatable) = (Sum(CpuAllocatable, cpu), Sum(MemoryAllocatable, memory));

    /// <summary>Adds what another cluster has.</summary>
    public void Add(MeasureSums other)
    {
        (Count, Running, Measured) = (Count + other.Count, Running + other.Running, Measured + other.Measured);
        AddRequest(other.CpuRequest, other.MemoryRequest);
        AddLimit(other.CpuLimit, other.MemoryLimit);
        AddAllocatable(other.CpuAllocatable, other.MemoryAllocatable);
        (CpuUsed, MemoryUsed) = (Sum(CpuUsed, other.CpuUsed), Sum(MemoryUsed, other.MemoryUsed));
    }

    private static Quantity? Sum(Quantity? one, Quantity? other) => one is null ? other : other is null ? one : one + other;
}
