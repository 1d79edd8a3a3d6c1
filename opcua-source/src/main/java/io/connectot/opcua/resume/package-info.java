// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** How values are found again after an interruption, and what is said when they are not. */
package io.connectot.opcua.resume;
