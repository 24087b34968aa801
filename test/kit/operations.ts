/** A short form of the `$metadata` of Finance and Operations. */

export const OPERATIONS_URI = 'file:///m/operations-metadata.xml';

export const operationsCsdl = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="Microsoft.Dynamics.DataEntities" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EnumType Name="DirPartyType">
        <Member Name="Person" Value="0" />
        <Member Name="Organization" Value="1" />
        <Member Name="Team" Value="2" />
      </EnumType>
      <EntityType Name="CustomerV3">
        <Key><PropertyRef Name="dataAreaId" /><PropertyRef Name="CustomerAccount" /></Key>
        <Property Name="dataAreaId" Type="Edm.String" Nullable="false" />
        <Property Name="CustomerAccount" Type="Edm.String" MaxLength="160" />
        <Property Name="PartyType" Type="Microsoft.Dynamics.DataEntities.DirPartyType" />
        <Property Name="CreditLimit" Type="Edm.Decimal" />
        <Property Name="ParentAccount" Type="Edm.String" />
      </EntityType>
      <EntityContainer Name="Resources">
        <EntitySet Name="CustomersV3" EntityType="Microsoft.Dynamics.DataEntities.CustomerV3" />
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
`;
