using System.Text.Json;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Host.Callers;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Says to the page in one way what cannot be done: which setting is wrong, what the CRM refused, what else stands against it.</summary>
public sealed class SettingsRefusalFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers.XContentTypeOptions = "nosniff";
        try
        {
            return await next(context);
        }
        catch (InvalidSettingsException invalid)
        {
            return SettingsProblem.Invalid(invalid.Errors);
        }
        catch (StaleStateException stale)
        {
            return SettingsProblem.StaleValue(stale.Current, stale.By, stale.At);
        }
        catch (JsonException unreadable)
        {
            return SettingsProblem.Unreadable(unreadable.Message);
        }
        catch (PostgresException text) when (text.SqlState is PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire)
        {
            return SettingsProblem.Unreadable("A text has a character with the code 0.");
        }
        catch (CommandFailedException refused)
        {
            return CallerProblem.Of(StatusCodes.Status400BadRequest, "refused", refused.Message);
        }
        catch (ConnectionLostException lost)
        {
            return CallerProblem.Of(StatusCodes.Status503ServiceUnavailable, "connectionLost", lost.Message);
        }
        catch (CrmException)
        {
            return CallerProblem.Of(StatusCodes.Status503ServiceUnavailable, "crmUnavailable", "The CRM did not answer as it should. Try again in a minute.");
        }
    }
}
