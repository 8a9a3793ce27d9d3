namespace FaLW.Figures;

/// <summary>The colour and the shape of every named series of one figure.</summary>
internal sealed class Inks
{
    private readonly Dictionary<string, Paint> paints = new(StringComparer.Ordinal);

    public Inks(Figure figure)
    {
        var taken = figure.Panels.SelectMany(p => p.Traces).Where(t => Palette.Knows(t.Name)).Select(t => Palette.Of(t.Name, 0)).ToHashSet();
        var free = Palette.Series.Where(p => !taken.Contains(p)).DefaultIfEmpty(Palette.Muted).ToArray();
        var place = 0;
        foreach (var trace in figure.Panels.SelectMany(p => p.Traces).Where(t => t is not Heat))
        {
            if (trace.Paint is { } own) paints.TryAdd(trace.Name, own);
            else if (Palette.Knows(trace.Name)) paints.TryAdd(trace.Name, Palette.Of(trace.Name, 0));
            else if (!paints.ContainsKey(trace.Name)) paints.Add(trace.Name, free[place++ % free.Length]);
        }
    }

    public Paint Of(Trace trace) => trace.Paint ?? paints.GetValueOrDefault(trace.Name, Palette.Ink);
}
