using System.Reflection;

namespace TorchSharp
{
    namespace Utils
    {
        /// <summary>The name under which a field's parameter or module is registered, where it is not the field's own.</summary>
        [AttributeUsage(AttributeTargets.Field)]
        public sealed class ComponentNameAttribute : Attribute
        {
            public string? Name { get; set; }
        }
    }

    public static class FieldInfoExtensionMethods
    {
        public static string ComponentName(this FieldInfo field) =>
            field.GetCustomAttribute<Utils.ComponentNameAttribute>()?.Name ?? field.Name;
    }
}
