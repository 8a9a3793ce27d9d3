using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace FaLW.Kernel.Completion;

/// <summary>XML documentation as plain text.</summary>
internal static partial class XmlText
{
    public static string Of(string xml)
    {
        if (Parse(xml) is not { } root) return "";
        var parts = new List<string?> { Content(root.Element("summary")) };
        parts.AddRange(root.Elements("param").Select(parameter => $"{parameter.Attribute("name")?.Value}: {Content(parameter)}"));
        if (Content(root.Element("returns")) is { Length: > 0 } returns) parts.Add($"returns: {returns}");
        parts.AddRange(root.Elements("exception").Select(thrown => $"throws {ShortName(thrown.Attribute("cref")?.Value)}: {Content(thrown)}"));
        if (Content(root.Element("remarks")) is { Length: > 0 } remarks) parts.Add("\n" + remarks);
        return string.Join('\n', parts.Where(part => !string.IsNullOrEmpty(part))).Trim();
    }

    private static XElement? Parse(string xml)
    {
        if (string.IsNullOrWhiteSpace(xml)) return null;
        try
        {
            var root = XElement.Parse($"<doc>{xml}</doc>");
            return root.Element("member") ?? root.Element("doc") ?? root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Content(XElement? element) =>
        element is null ? "" : Blanks().Replace(string.Concat(element.Nodes().Select(Piece)), " ").Trim();

    private static string Piece(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" } see => see.IsEmpty ? see.Attribute("langword")?.Value ?? ShortName(see.Attribute("cref")?.Value) : Content(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => reference.Attribute("name")?.Value ?? "",
        XElement element => $"{Content(element)} ",
        _ => "",
    };

    // T:System.Collections.Generic.List`1 is List, M:System.String.Trim(System.Char) is Trim.
    private static string ShortName(string? reference) =>
        reference is null ? "" : reference.Split('(')[0].Split('.')[^1].Split('`')[0].Split(':')[^1];

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
