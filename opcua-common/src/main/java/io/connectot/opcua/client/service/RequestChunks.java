// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client.service;

import io.connectot.core.spi.ProtocolException;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;

/** Splits operations into requests within the server's limits. For one thread. */
public final class RequestChunks {
  /** One request. */
  @FunctionalInterface
  public interface Request<T> {
    void send(List<T> operations) throws ProtocolException, InterruptedException;
  }

  private RequestChunks() {}

  /**
   * The failure of a request whose response leaves results out: sent again in halves, because some
   * servers cut off what is too much for them.
   */
  public static ProtocolException incomplete(String url, int results, int operations) {
    String message =
        url + ": " + results + " results in the response to a request of " + operations;
    return new ProtocolException(
        ProtocolException.Kind.TRANSIENT,
        ProtocolException.Scope.CONNECTION,
        "0x80090000 Bad_UnknownResponse",
        message + "; lower opcua.items.per.call, or update the server's software",
        new UaException(StatusCodes.Bad_TooManyOperations, message));
  }

  /**
   * Sends all operations, in order; a request that is too large for the server is sent again in
   * halves, and what comes after it in as small ones.
   *
   * @param most the most operations in one request
   * @return the most operations in one request that the server takes, as far as it showed
   * @throws ProtocolException when a request fails otherwise, or a single operation is too large
   */
  public static <T> int send(List<T> operations, int most, Request<T> request)
      throws ProtocolException, InterruptedException {
    int size = most;
    int from = 0;
    while (from < operations.size()) {
      List<T> chunk = operations.subList(from, Math.min(operations.size(), from + size));
      try {
        request.send(chunk);
        from += chunk.size();
      } catch (ProtocolException e) {
        if (chunk.size() == 1 || !ServiceStatus.tooLarge(e)) {
          throw e;
        }
        size = (chunk.size() + 1) / 2;
      }
    }
    return size;
  }
}
