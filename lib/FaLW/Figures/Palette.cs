namespace FaLW.Figures;

/// <summary>
/// The colours of every figure. Data colours start from Okabe and Ito's set; those too pale for thin lines on
/// white were darkened, so that each has a contrast of at least 3 on white and stays apart from the others
/// for readers with protanopia, deuteranopia or tritanopia.
/// </summary>
public static class Palette
{
    /// <summary>Text and axis lines.</summary>
    public static readonly Paint Ink = Paint.Of("1f2328", Role.Ink);

    /// <summary>Tick labels, subtitles and notes.</summary>
    public static readonly Paint Muted = Paint.Of("5b636d", Role.Muted);

    /// <summary>Grid lines and zones.</summary>
    public static readonly Paint Grid = Paint.Of("e4e7eb", Role.Grid);

    /// <summary>The ground.</summary>
    public static readonly Paint Paper = Paint.Of("ffffff", Role.Paper);

    /// <summary>Retrain, the reference every method is measured against.</summary>
    public static readonly Paint Retrain = Paint.Of("3d434a", Role.Reference);

    /// <summary>Original, the model before unlearning.</summary>
    public static readonly Paint Original = Paint.Of("68717b");

    /// <summary>Colours for series that name no method, strongest first.</summary>
    public static readonly IReadOnlyList<Paint> Series =
        [Paint.Of("d55e00"), Paint.Of("0072b2"), Paint.Of("009e73"), Paint.Of("cc79a7"), Paint.Of("7f46c9"), Paint.Of("946b3d")];

    // One method, one colour, in every figure of the kit; FaLW has the strongest.
    private static readonly Dictionary<string, Paint> Methods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Retrain"] = Retrain,
        ["Original"] = Original,
        ["Retrain, another seed"] = Muted,
        ["FaLW"] = Series[0],
        ["SalUn"] = Series[1],
        ["RL"] = Series[2],
        ["GA"] = Series[3],
        ["FT"] = Series[5],
        ["SFRon"] = Series[4],
    };

    /// <summary>The colour of a series: fixed for a method's name, otherwise by its place.</summary>
    /// <param name="name">The series' name; a variant (<c>FaLW, refresh 20</c>) is not the method itself.</param>
    /// <param name="place">Its place among the series that have no fixed colour, from 0; the colours come round again.</param>
    public static Paint Of(string name, int place) => Methods.TryGetValue(name, out var paint) ? paint : Series[place % Series.Count];

    /// <summary>True when the name is a method with a colour of its own.</summary>
    /// <param name="name">The series' name.</param>
    public static bool Knows(string name) => Methods.ContainsKey(name);
}
