using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AmoLtv.Sandbox.OAuth;

/// <summary>Writes tokens of three dotted parts, badly signed ones too, since tests need those.</summary>
internal static class Jwt
{
    /// <param name="algorithm">HS256, HS384, HS512, or none (an empty third part).</param>
    /// <param name="secret">Used as its bytes in UTF-8, never decoded.</param>
    /// <exception cref="ArgumentException">Another algorithm.</exception>
    public static string Write(JsonObject claims, string secret, string algorithm = "HS256")
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = algorithm };
        var signed = Part(header.ToJsonString()) + "." + Part(claims.ToJsonString());
        var key = Encoding.UTF8.GetBytes(secret);
        var message = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            "HS256" => HMACSHA256.HashData(key, message),
            "HS384" => HMACSHA384.HashData(key, message),
            "HS512" => HMACSHA512.HashData(key, message),
            "none" => [],
            _ => throw new ArgumentException($"The algorithm may be HS256, HS384, HS512 or none, not {algorithm}.", nameof(algorithm)),
        };
        return signed + "." + Base64Url.EncodeToString(signature);
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
