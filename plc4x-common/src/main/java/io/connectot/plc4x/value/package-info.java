// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Values of PLCs by the types of IEC 61131-3, and their conversion to values of records. */
package io.connectot.plc4x.value;
