using MultiCluster.Objects;

namespace MultiCluster.Overview;

/// <summary>Amounts of one resource, added up; none at all is no sum.</summary>
internal sealed class AmountSum(bool binary)
{
    private decimal _sum;
    private bool _isThere;

    /// <summary>The sum in Kubernetes' notation; null when nothing was added.</summary>
    public Quantity? Total => _isThere ? Quantity.Parse(QuantityText.Of(_sum, binary)) : null;

    /// <summary>Adds an amount, if there is one.</summary>
    public void Add(Quantity? amount)
    {
        if (amount is not { } there)
            return;
        _sum += there.Value;
        _isThere = true;
    }
}
