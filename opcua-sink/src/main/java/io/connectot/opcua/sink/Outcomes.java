// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.value.StatusInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaServiceFaultException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** What the answers of a server mean (OPC UA Part 4 §5.11.4.4, §5.12.2.4 and §7.39.2). */
record Outcomes(String endpoint) {
  private static final Map<Long, String> REMEDIES =
      Map.of(
          StatusCodes.Bad_NotWritable, "the server does not let anybody write the node",
          StatusCodes.Bad_UserAccessDenied, "grant the user the right at the server",
          StatusCodes.Bad_TypeMismatch, "the node is of another type than the server says",
          StatusCodes.Bad_OutOfRange, "the server does not take the value; correct min and max",
          StatusCodes.Bad_NodeIdUnknown, "the server has no such node; correct the address",
          StatusCodes.Bad_IndexRangeNoData, "the array is shorter; correct index.range",
          StatusCodes.Bad_WriteNotSupported, "the server does not write such a node",
          StatusCodes.Bad_InvalidArgument, "the method does not take these arguments",
          StatusCodes.Bad_NotExecutable, "the server does not execute the method now");

  /** With these the server may have carried the request out. */
  private static final Set<Long> OPEN =
      Set.of(
          StatusCodes.Bad_Timeout,
          StatusCodes.Bad_RequestTimeout,
          StatusCodes.Bad_RequestInterrupted,
          StatusCodes.Bad_RequestCancelledByClient,
          StatusCodes.Bad_RequestCancelledByRequest,
          StatusCodes.Bad_UnexpectedError,
          StatusCodes.Bad_InternalError,
          StatusCodes.Bad_ResponseTooLarge,
          StatusCodes.Bad_EncodingLimitsExceeded,
          StatusCodes.Bad_CommunicationError);

  /**
   * The outcomes of an answer.
   *
   * @param results null when the answer has none
   * @param count how many there should be
   */
  List<WriteOutcome> of(StatusCode[] results, int count) {
    if (results == null || results.length != count) {
      return all(
          count,
          new WriteOutcome.Unknown(
              "0x80000000 Bad",
              endpoint
                  + ": the server answered "
                  + (results == null ? 0 : results.length)
                  + " results where "
                  + count
                  + " were asked for"));
    }
    List<WriteOutcome> outcomes = new ArrayList<>();
    for (StatusCode result : results) {
      outcomes.add(of(result));
    }
    return outcomes;
  }

  private WriteOutcome of(StatusCode status) {
    if (!status.isBad()) {
      // Also Good_CompletesAsynchronously: the server has promised it.
      return new WriteOutcome.Done(false, StatusInfo.textOrNull(status));
    }
    String text = StatusInfo.text(status);
    if (isOpen(status.value())) {
      return new WriteOutcome.Unknown(
          text, endpoint + ": the server cannot say whether it has the value; check the device");
    }
    return new WriteOutcome.Failed(
        text,
        endpoint + ": the server refused: " + REMEDIES.getOrDefault(status.value(), "see its log"));
  }

  /** The session can have ended while the request was on its way. */
  private static boolean isOpen(long code) {
    return OPEN.contains(code) || ServiceStatus.isWithoutSession(code);
  }

  /** The outcomes of a request that failed as a whole. */
  List<WriteOutcome> of(ProtocolException failure, int count) {
    boolean answered =
        failure.getCause() instanceof UaServiceFaultException fault
            && !isOpen(fault.getStatusCode().value());
    return all(
        count,
        answered
            ? new WriteOutcome.Failed(failure.status(), failure.getMessage())
            : new WriteOutcome.Unknown(failure.status(), failure.getMessage()));
  }

  /** The outcomes of a request whose answer was not waited for. */
  List<WriteOutcome> stopped(int count) {
    return all(
        count, new WriteOutcome.Unknown("STOPPED", "the task stopped before the server answered"));
  }

  private static List<WriteOutcome> all(int count, WriteOutcome outcome) {
    return Collections.nCopies(count, outcome);
  }
}
