namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        public interface IModule<T1, T2, TResult>
        {
            TResult call(T1 input1, T2 input2);
        }

        public interface IModule<T1, T2, T3, TResult>
        {
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>A module whose calls can be watched and changed. Hooks run in the order of their registration.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private readonly OrderedDictionary<HookRemover, TPreHook> before = [];
            private readonly OrderedDictionary<HookRemover, TPostHook> after = [];
            private readonly OrderedDictionary<HookRemover, Action<Module>> plainBefore = [];
            private readonly OrderedDictionary<HookRemover, Action<Module>> plainAfter = [];

            protected HookableModule(string name) : base(name) { }

            private protected IEnumerable<TPreHook> PreHooks => before.Values;

            private protected IEnumerable<TPostHook> PostHooks => after.Values;

            /// <summary>So that a call without hooks costs nothing.</summary>
            private protected bool Hooked => before.Count + after.Count + plainBefore.Count + plainAfter.Count > 0;

            public HookRemover register_forward_hook(TPostHook hook) => Add(after, hook);

            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(before, hook);

            public HookRemover register_forward_hook(Action<Module> hook) => Add(plainAfter, hook);

            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(plainBefore, hook);

            private protected void Announce(bool start)
            {
                foreach (var hook in (start ? plainBefore : plainAfter).Values) hook(this);
            }

            private static HookRemover Add<T>(OrderedDictionary<HookRemover, T> hooks, T hook)
            {
                var key = new HookRemover(me => hooks.Remove(me));
                hooks.Add(key, hook);
                return key;
            }

            public sealed class HookRemover
            {
                private readonly Action<HookRemover> forget;

                internal HookRemover(Action<HookRemover> forget) => this.forget = forget;

                public void remove() => forget(this);
            }
        }
    }
}
