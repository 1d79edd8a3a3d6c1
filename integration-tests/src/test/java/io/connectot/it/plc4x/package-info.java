// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The PLC4X source, on workers of their own. */
package io.connectot.it.plc4x;
