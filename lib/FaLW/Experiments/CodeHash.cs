using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace FaLW.Experiments;

/// <summary>What the code of a type is called in a key, and why nothing computed with it may be kept; null where it may.</summary>
internal sealed record CodeName(string Name, string? Unkept);

/// <summary>
/// A hash of what a type does: the instructions of all its members and of everything they reach outside framework, engine and kit, with
/// names in the place of tokens, so that the same source gives the same hash in every process and one changed line another. Code
/// that reads what can change without its instructions changing (variables of a cell, files, the clock) gets a name that nobody
/// has twice: wrong reuse is the one thing that must not happen.
/// </summary>
internal sealed class CodeHash
{
    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly ConditionalWeakTable<Type, CodeName> Known = new();
    private static readonly ConcurrentDictionary<Assembly, bool> Trust = new();
    private static readonly string ThisProcess = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private static int unkept;

    private static readonly Dictionary<short, OpCode> Codes =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    // The keys that Microsoft signs assemblies of the runtime with.
    private static readonly HashSet<string> RuntimeKeys = new(StringComparer.Ordinal)
    {
        "B03F5F7F11D50A3A", "B77A5C561934E089", "CC7B13FFCD2DDD51", "7CEC85D7BEA7798E", "31BF3856AD364E35", "ADB9793829DDAE60",
    };

    private static readonly HashSet<string> BesideTheKit =
        [.. typeof(CodeHash).Assembly.GetReferencedAssemblies().Select(name => name.Name!), typeof(CodeHash).Assembly.GetName().Name!];

    // What these say is not in any instruction.
    private static readonly string[] Outside =
    [
        "System.IO.", "System.Net.", "System.Reflection.", "System.Linq.Expressions.", "Microsoft.CSharp.", "System.Environment::", "System.Diagnostics.Stopwatch::",
        "System.Diagnostics.Process", "System.Random::System.Random get_Shared", "System.Random::Void .ctor()", "System.Guid::System.Guid NewGuid", "System.Activator::", "System.Console::System.String ReadLine", "System.Console::Int32 Read",
        "System.DateTime::System.DateTime get_", "System.DateTimeOffset::System.DateTimeOffset get_", "System.Security.Cryptography.RandomNumberGenerator::",
        "System.AppContext::", "System.AppDomain::", "System.Type::System.Type GetType(", "System.Threading.", "System.Runtime.InteropServices.Marshal::",
    ];

    // Every iterator asks on which thread it is, and gives the same numbers on any.
    private const string Harmless = "System.Environment::Int32 get_CurrentManagedThreadId";

    private readonly StringBuilder text = new();
    private readonly Dictionary<(Module, int), int> numbers = [];
    private readonly Queue<MemberInfo> waiting = new();
    private string? reason;

    private CodeHash() { }

    /// <summary>The name of the code of a type. The same type always has the same name in one process.</summary>
    public static CodeName Of(Type type) => Known.GetValue(type, Read);

    /// <summary>Whether an assembly is the framework, the engine, or this kit; their versions are in the provenance, not in keys.</summary>
    public static bool IsTrusted(Assembly assembly) => Trust.GetOrAdd(assembly, each =>
        !each.IsDynamic && (each == typeof(CodeHash).Assembly || BesideTheKit.Contains(each.GetName().Name!) || RuntimeKeys.Contains(Convert.ToHexString(each.GetName().GetPublicKeyToken() ?? []))));

    private static CodeName Read(Type type)
    {
        var code = new CodeHash();
        try
        {
            code.text.Append(code.Named(type));
            while (code.waiting.TryDequeue(out var member)) code.Add(member);
        }
        catch (Exception fault) when (fault is ArgumentException or BadImageFormatException or NotSupportedException or TypeLoadException or IOException or KeyNotFoundException)
        {
            code.reason ??= "its code cannot be read";
        }
        return code.reason is null
            ? new CodeName(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.text.ToString())))[..16], null)
            : new CodeName(string.Create(CultureInfo.InvariantCulture, $"once-{ThisProcess}-{Interlocked.Increment(ref unkept)}"), code.reason);
    }

    private void Refuse(string why) => reason ??= why;

    // In a cell every declaration of the cell is a member of one class: of that only what is reached counts.
    private static bool IsCell(Type type) => !type.IsNested && type.Name.Contains('#', StringComparison.Ordinal);

    private static bool IsShared(Type type) =>
        IsCell(type) || type.Name == "<PrivateImplementationDetails>" || (type.Name.StartsWith("<>c", StringComparison.Ordinal) && !type.Name.Contains("DisplayClass", StringComparison.Ordinal));

    private string Number(MemberInfo member)
    {
        var key = (member.Module, member.MetadataToken);
        if (!numbers.TryGetValue(key, out var number))
        {
            numbers.Add(key, number = numbers.Count);
            if (member is MethodBase || (member is Type type && !IsShared(type))) waiting.Enqueue(member);
        }
        return string.Create(CultureInfo.InvariantCulture, $"#{number}{(member.Name.Contains('<', StringComparison.Ordinal) || member.Name.Contains('#', StringComparison.Ordinal) ? "" : member.Name)}");
    }

    private string Named(Type type)
    {
        if (type.IsGenericParameter) return string.Create(CultureInfo.InvariantCulture, $"!{(type.DeclaringMethod is null ? "" : "!")}{type.GenericParameterPosition}");
        if (type.HasElementType) return Named(type.GetElementType()!) + (type.IsArray ? $"[{new string(',', type.GetArrayRank() - 1)}]" : type.IsByRef ? "&" : "*");
        if (type.IsConstructedGenericType) return $"{Named(type.GetGenericTypeDefinition())}<{string.Join(',', type.GetGenericArguments().Select(Named))}>";
        if (type.IsFunctionPointer) Refuse("it calls through a pointer to a function");
        return IsTrusted(type.Assembly) ? type.FullName ?? type.Name : Number(type);
    }

    private string Named(MethodBase method)
    {
        var arguments = method is MethodInfo { IsGenericMethod: true } ? $"<{string.Join(',', method.GetGenericArguments().Select(Named))}>" : "";
        if (method.DeclaringType is not { } type) return Number(method) + arguments;
        if (type.IsArray) return $"{Named(type)}::{method.Name}";
        var definition = method.Module.ResolveMethod(method.MetadataToken)!;
        if (!IsTrusted(type.Assembly)) return $"{Named(type)}::{Number(definition)}{arguments}";
        var name = $"{Named(type)}::{definition}{arguments}";
        if (ReadsFiles(method) || (Array.Exists(Outside, place => name.StartsWith(place, StringComparison.Ordinal)) && !name.StartsWith(Harmless, StringComparison.Ordinal)))
            Refuse($"it calls {type.Name}.{method.Name}, whose answer is not in its code");
        return name;
    }

    // What engine and kit load and read is not in the code either; the framework's ways to do so are in the list.
    private static bool ReadsFiles(MethodBase method) =>
        BesideTheKit.Contains(method.DeclaringType!.Assembly.GetName().Name!) && !(method.DeclaringType.Namespace ?? "").StartsWith("System", StringComparison.Ordinal)
        && (method.Name.StartsWith("load", StringComparison.OrdinalIgnoreCase) || method.Name.StartsWith("read", StringComparison.OrdinalIgnoreCase));

    private string Named(FieldInfo field)
    {
        var type = field.DeclaringType!;
        if (IsTrusted(type.Assembly)) return $"{Named(type)}::{field.Name}";
        var definition = field.Module.ResolveField(field.MetadataToken)!;
        return $"{Named(type)}::{Number(definition)}:{Named(definition.FieldType)}{State(definition)}";
    }

    // The value of what never changes; nothing for what is made anew with every run; a refusal for the rest.
    private string State(FieldInfo field)
    {
        var type = field.DeclaringType!;
        if (field.Attributes.HasFlag(FieldAttributes.HasFieldRVA)) return Data(field);
        if (!field.IsStatic && IsCell(type)) Refuse($"it reads {field.Name}, a variable of a cell, which can change");
        if (!field.IsStatic || type.Name.StartsWith("<>", StringComparison.Ordinal)) return "";
        if (!field.IsInitOnly || type.ContainsGenericParameters || !IsSteady(field.FieldType))
        {
            Refuse($"it reads the static {field.Name}, which can change; make it a const, or a setting");
            return "";
        }
        try
        {
            return "=" + Quoted(Convert.ToString(field.GetValue(null), CultureInfo.InvariantCulture) ?? "");
        }
        catch (TargetInvocationException)
        {
            Refuse($"it reads the static {field.Name}, which could not be computed");
            return "";
        }
    }

    private static bool IsSteady(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal);

    private static string Data(FieldInfo field)
    {
        var size = field.FieldType.StructLayoutAttribute is { Size: > 0 } layout ? layout.Size : System.Runtime.InteropServices.Marshal.SizeOf(field.FieldType);
        var bytes = new byte[size];
        RuntimeHelpers.InitializeArray(bytes, field.FieldHandle);
        return "=" + Convert.ToHexString(bytes);
    }

    private static string Quoted(string value) => string.Create(CultureInfo.InvariantCulture, $"{value.Length}:{value}");

    private void Add(MemberInfo member)
    {
        text.Append('\n').Append(Number(member)).Append('=');
        if (member is Type type) Add(type);
        else Add((MethodBase)member);
    }

    private void Add(Type type)
    {
        text.Append(type.Attributes & ~TypeAttributes.VisibilityMask).Append(':').Append(type.BaseType is { } parent ? Named(parent) : "");
        foreach (var each in type.GetInterfaces().Select(Named).Order(StringComparer.Ordinal)) text.Append(' ').Append(each);
        foreach (var member in type.GetMembers(Own).OfType<MethodBase>().OrderBy(method => method.MetadataToken)) text.Append(' ').Append(Number(member));
    }

    private void Add(MethodBase method)
    {
        text.Append(method.IsStatic).Append(method.IsVirtual).Append(string.Join(',', method.GetParameters().Select(parameter => Named(parameter.ParameterType))));
        if (method is MethodInfo { ReturnType: { } result }) text.Append(':').Append(Named(result));
        if (method.IsAbstract || (method.MethodImplementationFlags & MethodImplAttributes.CodeTypeMask) == MethodImplAttributes.Runtime) return;
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code)
        {
            Refuse($"it calls {method.Name}, whose code cannot be read");
            return;
        }
        foreach (var local in body.LocalVariables) text.Append(' ').Append(Named(local.LocalType));
        foreach (var clause in body.ExceptionHandlingClauses)
            text.Append(CultureInfo.InvariantCulture, $" {clause.Flags},{clause.TryOffset},{clause.TryLength},{clause.HandlerOffset},{clause.HandlerLength}")
                .Append(clause.Flags == ExceptionHandlingClauseOptions.Clause && clause.CatchType is { } caught ? Named(caught) : "");
        Add(method, code);
    }

    private void Add(MethodBase method, byte[] code)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var instruction = Codes[code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at]];
            at += instruction.Size;
            text.Append(' ').Append(instruction.Name).Append(' ');
            var size = Size(instruction.OperandType, code, at);
            text.Append(instruction.OperandType switch
            {
                OperandType.InlineString => Quoted(method.Module.ResolveString(BitConverter.ToInt32(code, at))),
                OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok =>
                    Named(method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!),
                _ => Convert.ToHexString(code, at, size),
            });
            if (instruction.OperandType == OperandType.InlineSig) Refuse("it calls through a pointer to a function");
            at += size;
        }
    }

    private string Named(MemberInfo member) => member switch
    {
        Type type => Named(type),
        MethodBase method => Named(method),
        FieldInfo field => Named(field),
        _ => throw new NotSupportedException(member.ToString()),
    };

    private static int Size(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
