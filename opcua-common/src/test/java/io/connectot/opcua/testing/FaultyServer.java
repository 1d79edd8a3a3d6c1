// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.eclipse.milo.opcua.stack.transport.server.OpcServerTransportFactory;

/** Milo's server with something in front of every service. */
final class FaultyServer extends OpcUaServer {
  private final Faults faults;
  private final Historian historian;

  FaultyServer(
      OpcUaServerConfig config,
      OpcServerTransportFactory transports,
      Faults faults,
      Historian historian) {
    super(config, transports);
    this.faults = faults;
    this.historian = historian;
  }

  @Override
  protected ServiceHandler getServiceHandler(String path, Service service) {
    ServiceHandler handler = super.getServiceHandler(path, service);
    if (handler == null) {
      return null;
    }
    if (faults.isSilent(service)) {
      return (AsyncServiceHandler)
          (context, request) -> {
            try {
              faults.before(service, request);
            } catch (UaException e) {
              return CompletableFuture.failedFuture(e);
            }
            return new CompletableFuture<>();
          };
    }
    if (handler instanceof AsyncServiceHandler async) {
      return (AsyncServiceHandler)
          (context, request) -> {
            try {
              faults.before(service, request);
            } catch (UaException e) {
              return CompletableFuture.failedFuture(e);
            }
            if (faults.isSilent(service)) {
              return new CompletableFuture<>();
            }
            return async
                .handleAsync(context, request)
                .thenCompose(
                    response -> {
                      try {
                        return CompletableFuture.completedFuture(faults.after(response));
                      } catch (UaException e) {
                        return CompletableFuture.failedFuture(e);
                      }
                    });
          };
    }
    return (context, request) -> {
      faults.before(service, request);
      if (request instanceof HistoryReadRequest history && history.getReleaseContinuationPoints()) {
        return release(history);
      }
      return handler.handle(context, request);
    };
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
