// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;

/** Answers of the server that differ from what the specification asks for. Thread-safe. */
public final class ChangedAnswers {
  private final Map<Service, Change> changes = new ConcurrentHashMap<>();

  ChangedAnswers() {}

  /** What the server answers instead of the right answer. */
  public interface Change {
    /**
     * The answer.
     *
     * @throws UaException for a service fault
     */
    UaResponseMessageType of(UaRequestMessageType request, UaResponseMessageType response)
        throws UaException;
  }

  /** Changes the answers of a service from now on. */
  public void set(Service service, Change change) {
    changes.put(service, change);
  }

  /** Answers everything rightly again. */
  public void clear() {
    changes.clear();
  }

  UaResponseMessageType of(
      Service service, UaRequestMessageType request, UaResponseMessageType response)
      throws UaException {
    Change change = changes.get(service);
    return change == null ? response : change.of(request, response);
  }
}
