// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.eclipse.milo.opcua.stack.transport.server.OpcServerTransportFactory;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/** Milo's server with something in front of every service. */
final class FaultyServer extends OpcUaServer {
  private final Faults faults;
  private final TransferFaults transfers;
  private final ChangedAnswers answers;
  private final SubscriptionQuota quota;
  private final Historian historian;

  FaultyServer(
      OpcUaServerConfig config,
      OpcServerTransportFactory transports,
      Faults faults,
      TransferFaults transfers,
      ChangedAnswers answers,
      SubscriptionQuota quota,
      Historian historian) {
    super(config, transports);
    this.faults = faults;
    this.transfers = transfers;
    this.answers = answers;
    this.quota = quota;
    this.historian = historian;
  }

  @Override
  protected ServiceHandler getServiceHandler(String path, Service service) {
    ServiceHandler handler = super.getServiceHandler(path, service);
    if (handler == null) {
      return null;
    }
    return (AsyncServiceHandler)
        (context, request) -> {
          try {
            return handle(service, handler, context, request);
          } catch (UaException e) {
            return CompletableFuture.failedFuture(e);
          }
        };
  }

  private CompletableFuture<UaResponseMessageType> handle(
      Service service,
      ServiceHandler handler,
      ServiceRequestContext context,
      UaRequestMessageType request)
      throws UaException {
    faults.before(service, request);
    if (faults.isSilent(service)) {
      return new CompletableFuture<>();
    }
    CompletableFuture<UaResponseMessageType> answer = transfers.answer(service, request);
    if (answer != null) {
      return answer;
    }
    if (request instanceof HistoryReadRequest history && history.getReleaseContinuationPoints()) {
      return CompletableFuture.completedFuture(release(history));
    }
    UaRequestMessageType allowed = quota.allowed(this, request);
    if (SubscriptionQuota.isEmpty(allowed) && !SubscriptionQuota.isEmpty(request)) {
      return CompletableFuture.completedFuture(SubscriptionQuota.none(request));
    }
    CompletableFuture<UaResponseMessageType> response =
        handler instanceof AsyncServiceHandler async
            ? async.handleAsync(context, allowed)
            : CompletableFuture.completedFuture(handler.handle(context, allowed));
    var unused = response.whenComplete((done, failure) -> faults.published(service, request));
    return response.thenCompose(
        done -> {
          try {
            return CompletableFuture.completedFuture(
                answers.of(
                    service,
                    request,
                    SubscriptionQuota.complete(
                        request, transfers.sent(request, faults.after(done)))));
          } catch (UaException e) {
            return CompletableFuture.failedFuture(e);
          }
        });
  }

  /** What Milo hands on to nobody (OPC UA Part 4 §5.11.3). */
  private HistoryReadResponse release(HistoryReadRequest request) {
    HistoryReadResult[] results =
        Arrays.stream(request.getNodesToRead())
            .map(node -> historian.release(node.getContinuationPoint()))
            .map(status -> new HistoryReadResult(status, null, null))
            .toArray(HistoryReadResult[]::new);
    return new HistoryReadResponse(
        new ResponseHeader(
            DateTime.now(),
            request.getRequestHeader().getRequestHandle(),
            StatusCode.GOOD,
            null,
            null,
            null),
        results,
        new DiagnosticInfo[0]);
  }
}
