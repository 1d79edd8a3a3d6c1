// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import java.util.Set;
import org.eclipse.milo.opcua.sdk.client.ServiceFaultListener;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.ServiceFault;

/**
 * Why Milo ended a session, which Milo does not report: the service fault that ended it, or else
 * the connection. Faults of single services do not end a session and are ignored. Thread-safe.
 */
final class SessionEndReason implements ServiceFaultListener {
  /** The faults at which Milo gives a session up. */
  private static final Set<Long> ENDS_SESSION =
      Set.of(
          StatusCodes.Bad_SessionClosed,
          StatusCodes.Bad_SessionIdInvalid,
          StatusCodes.Bad_SessionNotActivated,
          StatusCodes.Bad_SecureChannelIdInvalid,
          StatusCodes.Bad_SecurityChecksFailed,
          StatusCodes.Bad_TcpSecureChannelUnknown,
          StatusCodes.Bad_RequestTypeInvalid);

  private volatile StatusCode status = new StatusCode(StatusCodes.Bad_ConnectionClosed);

  @Override
  public void onServiceFault(ServiceFault fault) {
    StatusCode result = fault.getResponseHeader().getServiceResult();
    if (ENDS_SESSION.contains(result.value())) {
      status = result;
    }
  }

  UaException get() {
    return new UaException(status);
  }
}
