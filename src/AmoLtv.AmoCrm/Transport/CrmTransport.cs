using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Flurl.Http;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>Sends authorised calls to one account and turns answers into documents or <see cref="CrmException"/>.</summary>
/// <param name="isHeldBack">Whether an open circuit holds calls back. The first calls of an install, an admin's deed, go all the same.</param>
internal sealed class CrmTransport(
    IFlurlClient flurl, IAccessTokens tokens, TimeSpan bodyTimeout, TimeProvider time, Circuit circuit, bool isHeldBack = true)
{
    private const int BodyRepeats = 2;

    /// <param name="read">Reads the document while it is in memory; may not keep it.</param>
    /// <exception cref="CrmException">The call failed after all repeats, or <paramref name="read"/> met a shape it cannot read.</exception>
    public async Task<T> CallAsync<T>(CrmRequest request, Func<CrmAnswer, T> read, CancellationToken cancellationToken)
    {
        for (var repeat = 0; ; repeat++)
        {
            try
            {
                return await CallOnceAsync(request, read, cancellationToken);
            }
            catch (CrmException failure) when (IsBrokenBody(request, failure) && repeat < BodyRepeats)
            {
                // The handler below repeats what fails before the body; a body cut off on its way is seen only here.
                await Task.Delay(RetryRule.Delay(repeat, null, Random.Shared.NextDouble()), time, cancellationToken);
            }
        }
    }

    private static bool IsBrokenBody(CrmRequest request, CrmException failure) =>
        failure is { Status: HttpStatusCode.OK, IsRetryable: true } && RetryRule.IsRepeated(request.Method, failure.Failure, null);

    private async Task<T> CallOnceAsync<T>(CrmRequest request, Func<CrmAnswer, T> read, CancellationToken cancellationToken)
    {
        if (isHeldBack)
        {
            // Before the token: one that had to be renewed would be asked for in vain.
            await circuit.PassAsync(request.What, request.IsAccount, cancellationToken);
        }

        var token = await tokens.GetAsync(cancellationToken);
        var response = await SendAsync(request, token, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            token = await tokens.RenewAsync(token, cancellationToken);
            response = await SendAsync(request, token, cancellationToken);
        }

        using (response)
        {
            await JudgeAsync(request, response, token, cancellationToken);
            return await ReadAsync(request, response, read, cancellationToken);
        }
    }

    /// <summary>Looks at what an answer says of the whole account.</summary>
    /// <exception cref="CrmException">The account is to be left alone from now on.</exception>
    private async Task JudgeAsync(CrmRequest request, HttpResponseMessage response, string token, CancellationToken cancellationToken)
    {
        var isFromApi = CrmBody.IsJson(response);
        if (response.IsSuccessStatusCode)
        {
            await circuit.SucceededAsync(request.IsAccount && isFromApi, cancellationToken);
            return;
        }

        if (CircuitRule.Suspicion(response.StatusCode, isFromApi, request.ContextUser is not null) is not { } cause)
        {
            return;
        }

        var problem = await CrmProblem.ReadAsync(request.What, response, cancellationToken);
        var opening = new CircuitOpening(cause, response.StatusCode, problem.Detail, problem.RequestId, problem.RetryAfter);
        var open = cause == CircuitCause.Throttled ? await circuit.ThrottledAsync(opening, cancellationToken)
            : request.IsAccount ? await circuit.OpenAsync(opening, cancellationToken)
            : await circuit.ConfirmAsync(opening, () => AnswersAsync(token, cancellationToken), cancellationToken);
        if (open is not null)
        {
            throw Circuit.Refusal(request.What, open, response.StatusCode, problem.RequestId);
        }
    }

    /// <summary>Whether the account itself answers; null where that could not be found out.</summary>
    private async Task<bool?> AnswersAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await SendAsync(CrmRequest.Account("Asking whether the account answers"), token, cancellationToken);
            return response.IsSuccessStatusCode ? true
                : CircuitRule.Suspicion(response.StatusCode, CrmBody.IsJson(response), isInUsersName: false) is null ? null
                : false;
        }
        catch (CrmException)
        {
            // The call that raised the suspicion has its own failure, which its caller gets.
            return null;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(CrmRequest request, string token, CancellationToken cancellationToken)
    {
        var call = flurl.Request(request.Path).AllowAnyHttpStatus().WithHeader("Authorization", "Bearer " + token);
        foreach (var (name, value) in request.Query)
        {
            call = call.SetQueryParam(name, value);
        }

        if (request.ContextUser is { } user)
        {
            call = call.WithHeader("X-Context-User-ID", user.ToString());
        }

        using var content = request.Body is null ? null : new ByteArrayContent(request.Body);
        content?.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await Attempts.RunAsync(
            request.What,
            () => call.SendAsync(request.Method, content, cancellationToken, HttpCompletionOption.ResponseHeadersRead),
            cancellationToken);
    }

    private async Task<T> ReadAsync<T>(CrmRequest request, HttpResponseMessage response, Func<CrmAnswer, T> read, CancellationToken cancellationToken)
    {
        var isRead = response.IsSuccessStatusCode || (request.ReadsProblem && response.StatusCode == HttpStatusCode.BadRequest && CrmBody.IsJson(response));
        if (!isRead)
        {
            throw await CrmProblem.ReadAsync(request.What, response, cancellationToken);
        }

        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            return read(new CrmAnswer(response.StatusCode, null));
        }

        if (!CrmBody.IsJson(response))
        {
            throw Unreadable(request, response, $"the content is {response.Content.Headers.ContentType?.MediaType ?? "of no type"}, not JSON");
        }

        using var limit = new CancellationTokenSource(bodyTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(both.Token);
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: both.Token);
            return read(new CrmAnswer(response.StatusCode, document.RootElement));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CrmException(CrmFailure.Timeout, request.What, "the body did not end in time", response.StatusCode, CrmProblem.RequestId(response));
        }
        catch (Exception failure) when (failure is JsonException or IOException or HttpRequestException)
        {
            throw Unreadable(request, response, "the body is cut off or not JSON", failure);
        }
        catch (FormatException failure)
        {
            throw Unreadable(request, response, failure.Message, failure);
        }
    }

    private static CrmException Unreadable(CrmRequest request, HttpResponseMessage response, string why, Exception? inner = null) =>
        new(CrmFailure.UnreadableAnswer, $"{request.What} ({why})", null, response.StatusCode, CrmProblem.RequestId(response), null, inner);
}
