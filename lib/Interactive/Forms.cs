using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using FaLW.Figures;
using Microsoft.DotNet.Interactive.Formatting;
using Bundle = System.Collections.Generic.IReadOnlyDictionary<string, object>;

namespace FaLW.Interactive;

/// <summary>A MIME bundle as .NET Interactive carries it: everything as text, a picture in base64.</summary>
internal static class Forms
{
    public const string Plotly = PlotlyJson.MimeType, Html = "text/html", Png = "image/png", Markdown = "text/markdown", Plain = "text/plain";

    /// <summary>Every form of a bundle. A picture becomes HTML too: fronts that look for HTML first would show the words in its place.</summary>
    public static IReadOnlyList<FormattedValue> Of(Bundle bundle)
    {
        var forms = bundle.Where(form => form.Key != "metadata").Select(form => new FormattedValue(form.Key, Text(form.Value))).ToList();
        if (bundle.TryGetValue(Png, out var png) && !bundle.ContainsKey(Html))
            forms.Add(new FormattedValue(Html, Picture((byte[])png, bundle.TryGetValue(Plain, out var words) ? Text(words) : "")));
        return forms;
    }

    /// <summary>What stands for a form that a value does not have, such as a sheet whose pictures are not on this machine.</summary>
    public static string Words(string? text) => $"<pre>{WebUtility.HtmlEncode(text)}</pre>";

    private static string Text(object content) => content is byte[] bytes ? Convert.ToBase64String(bytes) : content.ToString() ?? "";

    private static string Picture(byte[] png, string words)
    {
        int Size(int at) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)) / FaLW.Figures.Png.Scale;
        return string.Create(CultureInfo.InvariantCulture,
            $"<img width=\"{Size(16)}\" height=\"{Size(20)}\" alt=\"{WebUtility.HtmlEncode(words)}\" src=\"data:{Png};base64,{Text(png)}\"/>");
    }
}
