using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Faults;

/// <summary>
/// A network of its own (ip-netns(8)) whose only way out is one port: there it is loopback, here what listens at the same port. Cut,
/// what is under way is dropped without a word and nothing new gets through; no other network of the machine is touched.
/// </summary>
internal sealed class CutNetwork : IAsyncDisposable
{
    private const int NetworkNamespace = 0x40000000;

    private readonly string _name;
    private readonly Socket _listener;
    private readonly int _port;

    private CutNetwork(string name, Socket listener, int port)
    {
        (_name, _listener, _port) = (name, listener, port);
        _ = RelayAllAsync();
    }

    /// <param name="port">Of loopback, in both networks.</param>
    public static async Task<CutNetwork> CreateAsync(int port)
    {
        var name = $"amoltv-{Guid.NewGuid():N}"[..15];
        if (!Environment.IsPrivilegedProcess)
        {
            Requirement.IsMissing("A network of its own is made for this test, which only root may do.");
        }

        if (await Programs.RunAsync("ip", "netns", "add", name) is (not 0, var why))
        {
            Requirement.IsMissing("A network of its own is made for this test, which this machine does not allow: " + why);
        }

        await RequireAsync("ip", "-n", name, "link", "set", "lo", "up");
        return new CutNetwork(name, await ListenAsync(name, port), port);
    }

    /// <summary>A process that lives in this network.</summary>
    public Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("ip", ["netns", "exec", _name, "dotnet", Path.Combine(AppContext.BaseDirectory, "amoltv.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }

    public Task CutAsync() => RequireAsync("ip", "-n", _name, "link", "set", "lo", "down");

    public Task MendAsync() => RequireAsync("ip", "-n", _name, "link", "set", "lo", "up");

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await RequireAsync("ip", "netns", "delete", _name);
    }

    private static async Task RequireAsync(string program, params string[] arguments) =>
        Assert.That(await Programs.RunAsync(program, arguments), Is.EqualTo((0, "")));

    /// <summary>A socket belongs for good to the network of the thread that made it: this thread goes there and ends there.</summary>
    private static Task<Socket> ListenAsync(string name, int port)
    {
        var listening = new TaskCompletionSource<Socket>();
        var thread = new Thread(() =>
        {
            try
            {
                using var network = File.OpenHandle("/var/run/netns/" + name);
                if (SetNamespace(network, NetworkNamespace) != 0)
                {
                    throw new InvalidOperationException($"setns failed with error {Marshal.GetLastPInvokeError()}.");
                }

                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                socket.Listen();
                listening.SetResult(socket);
            }
            catch (Exception failure) when (failure is IOException or SocketException or InvalidOperationException or UnauthorizedAccessException)
            {
                listening.SetException(failure);
            }
        });
        thread.Start();
        return listening.Task;
    }

    private async Task RelayAllAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptAsync());
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The network is gone.
        }
    }

    private async Task RelayAsync(Socket inside)
    {
        using var outside = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await outside.ConnectAsync(IPAddress.Loopback, _port);
            await using var there = new NetworkStream(inside, ownsSocket: true);
            await using var here = new NetworkStream(outside);
            await Task.WhenAny(there.CopyToAsync(here), here.CopyToAsync(there));
        }
        catch (Exception over) when (over is SocketException or IOException)
        {
            // Either end has gone, the other one follows.
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(SafeHandle descriptor, int kind);
}
