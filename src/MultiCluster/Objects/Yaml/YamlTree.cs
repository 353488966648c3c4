using System.Globalization;
using System.Numerics;
using System.Text;
using MultiCluster.Faults;
using MultiCluster.Objects.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MultiCluster.Objects.Yaml;

/// <summary>Walks a value and emits it.</summary>
internal sealed class YamlTree(IEmitter emitter, KubeYamlOptions options)
{
    /// <summary>Levels of nesting that are written, and read.</summary>
    public const int MaxDepth = 500;

    private int _depth;

    public void WriteDocument(object? value)
    {
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        WriteRoot(value);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    /// <summary>A value that may be a Kubernetes object, or a list of some.</summary>
    private void WriteRoot(object? value)
    {
        if (value is KubeObject single)
        {
            WriteObject(YamlMembers.Of(single));
            return;
        }

        value = PlainValue.Of(value);
        if (YamlMembers.Of(value) is { } members)
            WriteObject(members);
        else if (PlainValue.Elements(value) is { } elements)
            WriteSequence(elements, WriteRoot);
        else
            Write(value);
    }

    private void WriteObject(List<YamlMember> members)
    {
        if (!members.Exists(member => member.Name is "apiVersion" or "kind" or "metadata"))
        {
            WriteMapping(members, Write);
            return;
        }

        var isList = members.Exists(member => member.Name == "kind" && PlainValue.Text(member.Value).EndsWith("List", StringComparison.Ordinal));
        WriteMapping(YamlMembers.OfObject(members, options), (name, value) =>
        {
            if (name == "metadata" && YamlMembers.Of(PlainValue.Of(value)) is { } metadata)
                WriteMapping(YamlMembers.OfMetadata(metadata, options), Write);
            else if (name == "items" && isList)
                WriteRoot(value);
            else
                Write(value);
        });
    }

    private void WriteMapping(List<YamlMember> members, Action<object?> write) => WriteMapping(members, (_, value) => write(value));

    private void WriteMapping(List<YamlMember> members, Action<string, object?> write)
    {
        Enter();
        emitter.Emit(new MappingStart(null, null, true, members.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
        foreach (var (name, value) in members)
        {
            WriteText(name);
            write(name, value);
        }

        emitter.Emit(new MappingEnd());
        _depth--;
    }

    private void WriteSequence(List<object?> elements, Action<object?> write)
    {
        Enter();
        emitter.Emit(new SequenceStart(null, null, true, elements.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
        foreach (var element in elements)
            write(element);
        emitter.Emit(new SequenceEnd());
        _depth--;
    }

    private void Write(object? value)
    {
        value = PlainValue.Of(value);
        switch (value)
        {
            case null:
                Emit("null", ScalarStyle.Plain);
                break;
            case KubeObject:
                WriteRoot(value);
                break;
            case string text:
                WriteText(text);
                break;
            case bool flag:
                Emit(flag ? "true" : "false", ScalarStyle.Plain);
                break;
            case DateTime or DateTimeOffset:
                WriteText(PlainValue.Text(value));
                break;
            case JsonSlice { IsObject: false, IsArray: false } number:
                Emit(YamlText.Number(Encoding.UTF8.GetString(number.Raw)), ScalarStyle.Plain);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or BigInteger or decimal:
                Emit(PlainValue.Text(value), ScalarStyle.Plain);
                break;
            case double or float:
                WriteReal(Convert.ToDouble(value, CultureInfo.InvariantCulture), PlainValue.Text(value));
                break;
            default:
                if (YamlMembers.Of(value) is { } members)
                    WriteMapping(members, Write);
                else if (PlainValue.Elements(value) is { } elements)
                    WriteSequence(elements, Write);
                else
                    WriteText(PlainValue.Text(value));
                break;
        }
    }

    private void WriteReal(double value, string text)
    {
        if (double.IsFinite(value))
            Emit(YamlText.Number(text), ScalarStyle.Plain);
        else
            Emit(double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf", ScalarStyle.Plain);
    }

    private void WriteText(string given)
    {
        var text = LenientJson.WellFormed(given);
        var style = text.Length == 0 ? ScalarStyle.DoubleQuoted : YamlText.StyleOf(text);
        emitter.Emit(new Scalar(null, null, text, style, isPlainImplicit: true, isQuotedImplicit: true));
    }

    private void Emit(string text, ScalarStyle style) => emitter.Emit(new Scalar(null, null, text, style, true, true));

    private void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new FaultException(
                FaultPhase.Invalid,
                $"the value is nested deeper than {MaxDepth} levels",
                "Check whether it contains itself.");
        }
    }
}
