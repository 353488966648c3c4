using System.Management.Automation;
using System.Reflection;

namespace MultiCluster.Module.Tests.Support;

/// <summary>Binds arguments to one cmdlet as PowerShell does: by name, then by position, then from each pipeline object.</summary>
internal sealed class ParameterBinding
{
    private readonly Cmdlet _cmdlet;
    private readonly IReadOnlyList<CmdletParameter> _parameters;
    private readonly string? _defaultSet;
    private readonly HashSet<CmdletParameter> _fixed = [];
    private readonly Dictionary<CmdletParameter, object?> _defaults = [];
    private List<string> _candidates;

    public ParameterBinding(Cmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _parameters = CmdletParameter.Of(cmdlet.GetType());
        var attribute = cmdlet.GetType().GetCustomAttributesData().First(a => a.AttributeType == typeof(CmdletAttribute));
        Command = $"{attribute.ConstructorArguments[0].Value}-{attribute.ConstructorArguments[1].Value}";
        _defaultSet = ParameterRole.Named<string>(attribute, nameof(CmdletAttribute.DefaultParameterSetName));
        _candidates = [.. _parameters.SelectMany(p => p.Sets).Where(s => !s.InEverySet).Select(s => s.Set!).Append(_defaultSet).OfType<string>().Distinct()];
        if (_candidates.Count == 0)
            _candidates.Add(ParameterAttribute.AllParameterSets);
    }

    public string Command { get; }

    public string Set { get; private set; } = ParameterAttribute.AllParameterSets;

    public Dictionary<string, object?> Bound { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool TakesPipelineInput => _parameters.Any(p => p.Sets.Any(s => s.FromPipeline || s.FromPipelineByName));

    /// <summary>The arguments on the command line.</summary>
    public void BindArguments(IEnumerable<(string Name, object? Value)> named, IEnumerable<object?> positional)
    {
        foreach (var (name, value) in named)
        {
            var parameter = Find(name);
            if (!_fixed.Add(parameter))
                throw new BindingException("ParameterAlreadyBound", $"{parameter.Name} is given more than once");
            Assign(parameter, value);
            Narrow(parameter);
        }

        foreach (var value in positional)
        {
            var parameter = NextPositional() ?? throw new BindingException("PositionalParameterNotFound", $"no parameter takes '{value}' by position");
            _fixed.Add(parameter);
            Assign(parameter, value);
            Narrow(parameter);
        }
    }

    /// <summary>Ends binding where nothing is piped in.</summary>
    public void Settle() => Set = Choose(_candidates);

    /// <summary>Binds one pipeline object. What the previous one bound is forgotten first.</summary>
    public void BindInput(object? input)
    {
        foreach (var (parameter, value) in _defaults.Where(d => !_fixed.Contains(d.Key)))
        {
            parameter.Property.SetValue(_cmdlet, value);
            Bound.Remove(parameter.Name);
        }

        var candidates = _candidates;
        var taken = false;
        foreach (var parameter in _parameters.Where(p => !_fixed.Contains(p)))
        {
            var roles = candidates.Where(parameter.IsIn).Select(set => parameter.Role(set)!).ToArray();
            if (!TryTake(parameter, roles, input))
                continue;
            taken = true;
            var narrowed = candidates.Where(set => parameter.Role(set) is { } role && (role.FromPipeline || role.FromPipelineByName)).ToList();
            candidates = narrowed;
        }

        if (!taken)
            throw new BindingException("InputObjectNotBound", $"no parameter takes '{input}' from the pipeline");
        Set = Choose(candidates);
    }

    private bool TryTake(CmdletParameter parameter, ParameterRole[] roles, object? input)
    {
        if (roles.Any(r => r.FromPipeline) && TryAssign(parameter, input))
            return true;
        if (!roles.Any(r => r.FromPipelineByName))
            return false;
        var property = parameter.Names
            .Select(name => input?.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase))
            .FirstOrDefault(found => found is not null);
        return property is not null && TryAssign(parameter, property.GetValue(input));
    }

    private bool TryAssign(CmdletParameter parameter, object? value)
    {
        try
        {
            Assign(parameter, value);
            return true;
        }
        catch (BindingException)
        {
            return false;
        }
    }

    private void Assign(CmdletParameter parameter, object? value)
    {
        var bound = ArgumentConversion.Bind(parameter, value);
        _defaults.TryAdd(parameter, parameter.Property.GetValue(_cmdlet));
        parameter.Property.SetValue(_cmdlet, bound);
        Bound[parameter.Name] = bound is SwitchParameter ? value : bound;
    }

    private CmdletParameter Find(string name)
    {
        var exact = _parameters.FirstOrDefault(p => p.Answers(name));
        if (exact is not null)
            return exact;
        var begun = _parameters.Where(p => p.StartsWith(name)).ToArray();
        return begun.Length switch
        {
            1 => begun[0],
            0 => throw new BindingException("NamedParameterNotFound", $"there is no parameter {name}"),
            _ => throw new BindingException("AmbiguousParameter", $"{name} may be {string.Join(", ", begun.Select(p => p.Name))}"),
        };
    }

    private CmdletParameter? NextPositional()
    {
        var sets = _defaultSet is not null && _candidates.Contains(_defaultSet) ? [_defaultSet, .. _candidates] : _candidates;
        return sets
            .Select(set => _parameters.Where(p => !_fixed.Contains(p) && p.Role(set)?.Position is not null).MinBy(p => p.Role(set)!.Position))
            .FirstOrDefault(found => found is not null);
    }

    private void Narrow(CmdletParameter parameter)
    {
        _candidates = [.. _candidates.Where(parameter.IsIn)];
        if (_candidates.Count == 0)
            throw new BindingException("AmbiguousParameterSet", $"{parameter.Name} does not go with the others");
    }

    private string Choose(List<string> candidates)
    {
        var complete = candidates.Where(set => Missing(set).Length == 0).ToArray();
        if (complete.Length == 1)
            return complete[0];
        if (_defaultSet is not null && complete.Contains(_defaultSet))
            return _defaultSet;
        if (complete.Length > 1)
            throw new BindingException("AmbiguousParameterSet", $"it may be {string.Join(", ", complete)}");
        var wanted = _defaultSet is not null && candidates.Contains(_defaultSet) ? _defaultSet : candidates[0];
        throw new BindingException("MissingMandatoryParameter", $"{string.Join(", ", Missing(wanted))} must be given");
    }

    private string[] Missing(string set) =>
        [.. _parameters.Where(p => p.Role(set) is { Mandatory: true } && !Bound.ContainsKey(p.Name)).Select(p => p.Name)];
}
