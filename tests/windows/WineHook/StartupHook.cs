using System.Reflection;
using System.Runtime.InteropServices;

/// <summary>
/// Runs before Main of every .NET program under wine (DOTNET_STARTUP_HOOKS). Wine 8 keeps a list of frames in each thread's
/// block and takes one off when its handler returns. .NET 10 catches an exception that has passed native code, a call by reflection is
/// enough, without returning: the frame stays in the list, is overwritten, and the thread's next such exception jumps into it. Later
/// versions of wine keep no such list.
/// </summary>
internal static unsafe partial class StartupHook
{
    private const uint Commit = 0x1000, Reserve = 0x2000, ExecuteReadWrite = 0x40;

    // No .NET code: the thread may be anywhere in the runtime. The list is emptied, but not under wine's own code that
    // tries whether it may read: where the list begins below the stack, it is dead then, too.
    private static ReadOnlySpan<byte> Handler =>
    [
        0x48, 0x8B, 0x01, //                                                              mov rax, [rcx]          ; EXCEPTION_POINTERS.ExceptionRecord
        0x81, 0x38, 0x05, 0x00, 0x00, 0xC0, //                                            cmp [rax], 0xC0000005   ; ExceptionCode, STATUS_ACCESS_VIOLATION
        0x75, 0x16, //                                                                    jne empty
        0x48, 0x8B, 0x41, 0x08, //                                                        mov rax, [rcx + 8]      ; EXCEPTION_POINTERS.ContextRecord
        0x48, 0x8B, 0x80, 0x98, 0x00, 0x00, 0x00, //                                      mov rax, [rax + 0x98]   ; CONTEXT.Rsp
        0x65, 0x48, 0x39, 0x04, 0x25, 0x00, 0x00, 0x00, 0x00, //                          cmp gs:[0], rax         ; NT_TIB.ExceptionList
        0x73, 0x0D, //                                                                    jae done
        0x65, 0x48, 0xC7, 0x04, 0x25, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, //  empty: mov gs:[0], -1   ; the end of a list
        0x31, 0xC0, //                                                                    done: xor eax, eax      ; EXCEPTION_CONTINUE_SEARCH
        0xC3, //                                                                          ret
    ];

    public static void Initialize()
    {
        var code = VirtualAlloc(null, (nuint)Handler.Length, Commit | Reserve, ExecuteReadWrite);
        Handler.CopyTo(new Span<byte>(code, Handler.Length));
        _ = AddVectoredExceptionHandler(first: 1, code);

        // And fewer of them: calls by reflection through code that is made for them have no native code under them. The switch has been read by now.
        AppContext.SetSwitch("Switch.System.Reflection.ForceEmitInvoke", true);
        typeof(object).Assembly.GetType("System.LocalAppContextSwitches")!.GetField("s_forceEmitInvoke", BindingFlags.Static | BindingFlags.NonPublic)?.SetValue(null, 1);
    }

    [LibraryImport("kernel32")]
    private static partial void* VirtualAlloc(void* address, nuint size, uint type, uint protection);

    [LibraryImport("kernel32")]
    private static partial void* AddVectoredExceptionHandler(uint first, void* handler);
}
