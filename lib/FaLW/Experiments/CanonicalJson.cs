using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Models;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Experiments;

/// <summary>
/// One text for one value: property names sorted, no blanks, enums by name, numbers in the shortest
/// form that reads back the same. Keys are hashes of this text, so they are equal on every machine.
/// </summary>
public static class CanonicalJson
{
    private const string Seal = "Seal";

    /// <summary>How the kit writes records: enums by name, NaN and infinities as words, computed properties left out.</summary>
    public static JsonSerializerOptions Options { get; } = Make(indented: false);

    /// <summary>As <see cref="Options"/>, indented for readers.</summary>
    public static JsonSerializerOptions Readable { get; } = Make(indented: true);

    /// <summary>As <see cref="Options"/>, for what holds no weighting, method or network of anybody's.</summary>
    internal static JsonSerializerOptions Closed { get; } = Make(indented: false, open: false);

    /// <summary>Reads a file that this kit wrote.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What to do where it does not, in a sentence.</param>
    /// <exception cref="Fault">It holds something else; the sentence says where.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static T Load<T>(string path, string remedy) where T : notnull => Read<T>(File.ReadAllBytes(path), $"{path} cannot be read", remedy);

    /// <summary>Writes a result for readers, with a checksum over all of it.</summary>
    public static void SaveSealed<T>(string path, T value) where T : notnull => WholeFile.Write(path, SealedText(value));

    /// <summary>What <see cref="SaveSealed"/> writes.</summary>
    public static string SealedText<T>(T value) where T : notnull => Sealed(Node(value)!.AsObject()).ToJsonString(Readable);

    /// <summary>As <see cref="Load"/>, for a file of <see cref="SaveSealed"/>: one that was changed since is none.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="remedy">What to do where it does not, in a sentence.</param>
    /// <exception cref="Fault">It holds something else, or was changed; the sentence says which.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static T LoadSealed<T>(string path, string remedy) where T : notnull
    {
        var bytes = File.ReadAllBytes(path);
        var value = Read<T>(bytes, $"{path} cannot be read", remedy);
        ForeignText.Read(() => Unsealed(ForeignText.Json(ForeignText.Text(bytes))!.AsObject()), (reason, inner) => new Fault($"{path} does not count: {reason}. {remedy}", inner));
        return value;
    }

    internal static JsonObject Sealed(JsonObject content)
    {
        content[Seal] = Hash(content);
        return content;
    }

    internal static JsonObject Unsealed(JsonObject content)
    {
        var seal = content[Seal]?.ToString();
        content.Remove(Seal);
        return seal == Hash(content) ? content : throw new JsonException("it differs from its checksum");
    }

    /// <summary>Reads what this kit wrote, or says why not: what was asked, the place, the remedy.</summary>
    internal static T Read<T>(byte[] utf8, string complaint, string remedy) where T : notnull => ForeignText.Read(
        () => JsonSerializer.Deserialize<T>(ForeignText.Text(utf8), Options), (reason, inner) => inner is UnknownTypeFault unknown ? new UnknownTypeFault($"{complaint}: {unknown.Message}") : new Fault($"{complaint}: {reason}. {remedy}", inner));

    /// <summary>The value as a JSON tree.</summary>
    /// <typeparam name="T">The declared type; a polymorphic base writes the name of what it is.</typeparam>
    /// <param name="value">The value; may be null.</param>
    public static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Options);

    /// <summary>The one text of a tree.</summary>
    /// <param name="node">The tree; null is the word null.</param>
    public static string Text(JsonNode? node) => Encoding.UTF8.GetString(Bytes(node));

    /// <summary>SHA-256 of the one text, in lower-case hex.</summary>
    public static string Hash(JsonNode? node) => Convert.ToHexStringLower(SHA256.HashData(Bytes(node)));

    private static ReadOnlySpan<byte> Bytes(JsonNode? node)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Options.Encoder, MaxDepth = Options.MaxDepth })) Write(writer, node);
        return bytes.WrittenSpan;
    }

    // Names in one order, whoever wrote them.
    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is JsonObject members)
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }
            writer.WriteEndObject();
        }
        else if (node is JsonArray items)
        {
            writer.WriteStartArray();
            foreach (var item in items) Write(writer, item);
            writer.WriteEndArray();
        }
        else if (node is null) writer.WriteNullValue();
        else node.WriteTo(writer, Options);
    }

    private static JsonSerializerOptions Make(bool indented, bool open = true)
    {
        var options = new JsonSerializerOptions
        {
            WriteIndented = indented,
            IgnoreReadOnlyProperties = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            AllowOutOfOrderMetadataProperties = true,
            // What a file lacks or has twice is told when it is read, and not when somebody looks for it.
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        };
        if (open) options.Converters.Add(new OpenTypes());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>
/// Weightings, methods and networks as JSON, whoever wrote them. A type of this kit is named by its simple name, as it always was; a
/// network of this kit needs none. A type from a notebook cell, a script or another assembly is named by its simple name and a hash
/// of its code ("Mine#0123456789abcdef"), so that another body is another name, and with it another key.
/// </summary>
internal sealed class OpenTypes : JsonConverterFactory
{
    private const string TypeName = "$type";
    private const char Seam = '#';

    private static readonly Dictionary<Type, string> Kinds = new()
    {
        [typeof(LossWeighting)] = "weighting",
        [typeof(Unlearner)] = "method",
        [typeof(Network)] = "network",
    };

    private static readonly Dictionary<(Type, string), Type> OfTheKit = (
        from type in typeof(OpenTypes).Assembly.GetTypes()
        where !type.IsAbstract
        from kind in Kinds.Keys
        where kind.IsAssignableFrom(type)
        select ((kind, type.Name), type)).ToDictionary(pair => pair.Item1, pair => pair.type);

    private static readonly ConcurrentDictionary<string, Type> Foreign = new(StringComparer.Ordinal);

    public static bool IsForeign(Type type) => type.Assembly != typeof(OpenTypes).Assembly;

    public static string NameOf(Type type)
    {
        if (!IsForeign(type)) return type.Name;
        var name = $"{type.Name}{Seam}{CodeHash.Of(type).Name}";
        Foreign[name] = type;
        return name;
    }

    /// <summary>Why what depends on a JSON tree must not be kept: a sentence for the first type in it whose code cannot be told by a hash; null when there is none.</summary>
    public static string? Unkept(JsonNode? node) => node switch
    {
        JsonObject members => members.Select(member => member.Key == TypeName && member.Value is JsonValue name ? UnkeptType((string?)name ?? "") : Unkept(member.Value)).FirstOrDefault(why => why is not null),
        JsonArray items => items.Select(Unkept).FirstOrDefault(why => why is not null),
        _ => null,
    };

    /// <summary>
    /// The spec as its key has it: what a foreign type holds besides its settings, or remembers from an earlier run, does not reach a
    /// run. A spec of this kit's types is returned as it is.
    /// </summary>
    /// <exception cref="Fault">The settings do not survive being written and read.</exception>
    public static ExperimentSpec AsWritten(ExperimentSpec spec)
    {
        Type[] foreign = [.. new[] { spec.Unlearner.GetType(), spec.Weighting.GetType(), spec.Network.GetType() }.Where(IsForeign)];
        if (foreign.Length == 0) return spec;
        var written = CanonicalJson.Text(CanonicalJson.Node(spec));
        var read = JsonSerializer.Deserialize<ExperimentSpec>(written, CanonicalJson.Options)!;
        return CanonicalJson.Text(CanonicalJson.Node(read)) == written ? read : throw new Fault(
            $"The settings of {string.Join(" or ", foreign.Select(type => type.Name))} are not the same after they were written and read. Make each a public property with init, or a parameter of the record.");
    }

    public override bool CanConvert(Type typeToConvert) => Kinds.ContainsKey(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private static string? UnkeptType(string name) =>
        Foreign.TryGetValue(name, out var type) && CodeHash.Of(type).Unkept is { } why ? $"{type.Name} is computed anew every time and nothing of it is kept: {why}." : null;

    private static Type Find(Type kind, string name)
    {
        if (OfTheKit.TryGetValue((kind, name), out var own)) return own;
        if (Foreign.TryGetValue(name, out var known) && kind.IsAssignableFrom(known)) return known;
        var simple = name.Split(Seam)[0];
        Type[] namesakes = [.. AppDomain.CurrentDomain.GetAssemblies().Where(each => !CodeHash.IsTrusted(each)).SelectMany(Types).Where(type => type.Name == simple && kind.IsAssignableFrom(type))];
        return namesakes.FirstOrDefault(type => NameOf(type) == name) ?? throw new UnknownTypeFault(namesakes.Length == 0
            ? $"It names the {Kinds[kind]} {simple}, which is not of this kit and not defined here; run the cell or load the assembly that defines it first."
            : $"It names the {Kinds[kind]} {simple} with another body than the one that is defined here; run the cell or load the assembly of that time first.");
    }

    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException some)
        {
            return some.Types.OfType<Type>();
        }
    }

    private sealed class Converter<T> : JsonConverter<T> where T : class
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (JsonSerializer.Deserialize<JsonNode>(ref reader, options) is not JsonObject members) throw new JsonException($"a {Kinds[typeof(T)]} must be an object.");
            var name = members[TypeName]?.ToString();
            if (name is null && typeof(T).IsAbstract) throw new JsonException($"a {Kinds[typeof(T)]} must say its {TypeName}.");
            members.Remove(TypeName);
            var type = name is null ? typeof(T) : Find(typeof(T), name);
            try
            {
                return (T)members.Deserialize(type, OptionsFor(type, options))!;
            }
            catch (JsonException wrong)
            {
                // The place that it knows is one within the part.
                throw new JsonException($"{ForeignText.Said(wrong)} ({wrong.Path} of the {Kinds[typeof(T)]})", wrong);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            var type = value.GetType();
            var members = Members(value, type, OptionsFor(type, options));
            if (type != typeof(T)) members.Insert(0, TypeName, NameOf(type));
            members.WriteTo(writer, options);
        }

        private static JsonObject Members(T value, Type type, JsonSerializerOptions options)
        {
            try
            {
                return JsonSerializer.SerializeToNode(value, type, options)!.AsObject();
            }
            catch (Exception fault) when (IsForeign(type) && fault is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or TargetInvocationException)
            {
                throw new Fault($"{type.Name} has a setting that cannot be written as JSON, so it has no key: {fault.GetBaseException().Message} Give it settings that are numbers, words, or records of these.", fault);
            }
        }

        // The base itself must not come back here.
        private static JsonSerializerOptions OptionsFor(Type type, JsonSerializerOptions options) => type == typeof(T) ? CanonicalJson.Closed : options;
    }
}

/// <summary>A record or a text names a weighting, method or network that nobody has defined here.</summary>
internal sealed class UnknownTypeFault(string message) : Fault(message);
