using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// One module after the other. What passes between two of them is disposed as soon as it has been used, so a module in here must
/// never return the object it was given: return its `alias()`.
/// </summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly List<nn.IModule<Tensor, Tensor>> steps = [];
    private readonly List<string> names = [];

    protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (stepName, module) in modules) append(stepName, module);
    }

    protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules) append(module);
    }

    internal Sequential() : base(nameof(Sequential)) { }

    public int Count => steps.Count;

    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => steps[index];

    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index] => Part(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential this[Range index] => Part(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        Adopt(name, (nn.Module)module);
        steps.Add(module);
        names.Add(name);
        return this;
    }

    public Sequential append(nn.IModule<Tensor, Tensor> module) => append(Count.ToString(CultureInfo.InvariantCulture), module);

    public override Tensor forward(Tensor input)
    {
        if (steps.Count == 0) return input.alias();
        var current = steps[0].call(input);
        for (var i = 1; i < steps.Count; i++)
        {
            var next = steps[i].call(current);
            current.Dispose();
            current = next;
        }
        return current;
    }

    /// <summary>Shares the modules.</summary>
    private Sequential Part(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, Count);
        var part = new Sequential();
        for (var i = start; i < end; i++) part.append(names[i], steps[i]);
        return part;
    }
}
